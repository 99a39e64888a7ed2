"""Modules that Python compiled on a full disk: the error of an import goes in, what became of the file comes out."""

from __future__ import annotations

import os

IMPORTER = "<frozen importlib._bootstrap_external>"


def removed(error: EOFError | ValueError) -> str:
    """Remove the compiled file whose reading raised an error and say so; empty for an error that no such file raised.

    Python replaces a compiled file that is older than its source, but never one that a full disk cut off.
    """
    path = compiled_file(error)
    if not path:
        return ""
    try:
        os.unlink(path)
    except OSError as refused:
        return f"{path} is damaged, as a full disk leaves it, and cannot be removed ({refused.strerror}): remove it"
    return f"{path} was damaged, as a full disk leaves it, and has been removed: run the command again"


def compiled_file(error: EOFError | ValueError) -> str:
    """The path of the compiled file that an import was reading when it failed; empty for another error."""
    trace = error.__traceback__
    while trace is not None:
        code, names = trace.tb_frame.f_code, trace.tb_frame.f_locals
        if code.co_filename == IMPORTER and isinstance(names.get("bytecode_path"), str):
            return str(names["bytecode_path"])
        trace = trace.tb_next
    return ""

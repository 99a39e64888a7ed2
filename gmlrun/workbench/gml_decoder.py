"""A decoder in GML: a file with a function `decode(buffer, size)` goes in, a function from payload to text is made."""

from __future__ import annotations

import os
from collections.abc import Callable

from gmlrun.diagnostics import format_diagnostic, print_error
from gmlrun.embedding.functions import Host
from gmlrun.embedding.game import Game
from gmlrun.embedding.values import Buffer as View
from gmlrun.embedding.values import undefined
from gmlrun.errors import GmlError, SourceErrors, UsageError
from gmlrun.net.printable import printable
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import Handles

FUNCTION = "decode"
"""The function that a file of GML has to define."""


def gml_decoder(path: str) -> Callable[[bytes], str | None]:
    """Reads by the function `decode(buffer, size)` of a file of GML; raises UsageError."""
    if not os.path.isfile(path):
        raise UsageError(f"there is no file {path}")
    game = Game(path, host=Host(), on_output=print_error)
    try:
        game.start()
    except SourceErrors as errors:
        raise UsageError("\n".join(format_diagnostic(found) for found in errors.diagnostics)) from None
    except GmlError as error:
        raise UsageError(f"{path}: {error}") from None
    if FUNCTION not in game.runner.rt.functions:
        raise UsageError(f"{path} defines no function {FUNCTION}(buffer, size), which would return a text")

    buffer = game.runner.rt.service(Handles).add(Buffer(0))

    def decode(payload: bytes) -> str | None:
        buffer.refill(payload)
        try:
            value = game.call(FUNCTION, View(game.bridge, buffer), float(len(payload)))
        except GmlError as error:
            place = "" if error.place is None else f" ({error.place.file}:{error.place.line})"
            return f"(decode failed: {error}{place})"
        return None if value is undefined else printable(shown(value))

    return decode


def shown(value: object) -> str:
    """The value that a decoder in GML has returned, as a text."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)

"""`gmlrun run --debug`: a port goes in, the program waits there for a debugger. Manual: docs/debugging.md."""

from __future__ import annotations

import os

from gmlrun.cli.messages import Messages
from gmlrun.errors import UsageError

ADDRESS = "127.0.0.1"


def wait_for_debugger(port: int, messages: Messages) -> None:
    """Listens for a debugger that speaks the Debug Adapter Protocol, and waits until one is there."""
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # Python's own frozen modules are no matter here
    try:
        import debugpy
    except ImportError:
        raise UsageError("--debug needs debugpy: pip install debugpy") from None
    try:
        host, port = debugpy.listen((ADDRESS, port))
    except (OSError, RuntimeError) as error:
        raise UsageError(f"--debug: cannot listen on port {port}: {error}") from None
    messages.fault(f"waiting for a debugger at {host}:{port}")
    debugpy.wait_for_client()

"""gmlrun: a headless runtime for GML, the language of GameMaker.

What stands here is what Python programs may use; see docs/embedding.md.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.embedding.functions import Host
    from gmlrun.embedding.game import Game
    from gmlrun.embedding.program import CompiledProgram
    from gmlrun.embedding.values import Array, Buffer, Function, Int64, Reference, Struct, plain, undefined
    from gmlrun.errors import GmlError, SourceErrors, UsageError
    from gmlrun.runtime import Clock, Settings
    from gmlrun.sandbox.limits import Limits
    from gmlrun.sandbox.permissions import Permissions

__version__ = "0.1.0"

PLACES = {
    "Game": "embedding.game",
    "Host": "embedding.functions",
    "CompiledProgram": "embedding.program",
    **dict.fromkeys(("Array", "Buffer", "Function", "Int64", "Reference", "Struct"), "embedding.values"),
    **dict.fromkeys(("plain", "undefined"), "embedding.values"),
    **dict.fromkeys(("GmlError", "SourceErrors", "UsageError"), "errors"),
    **dict.fromkeys(("Clock", "Settings"), "runtime"),
    "Limits": "sandbox.limits",
    "Permissions": "sandbox.permissions",
}
"""The module of each name, which is imported when it is first asked for: the command line needs none of them."""

__all__ = [
    "Array",
    "Buffer",
    "Clock",
    "CompiledProgram",
    "Function",
    "Game",
    "GmlError",
    "Host",
    "Int64",
    "Limits",
    "Permissions",
    "Reference",
    "Settings",
    "SourceErrors",
    "Struct",
    "UsageError",
    "__version__",
    "plain",
    "undefined",
]


def __getattr__(name: str) -> Any:
    if name not in PLACES:
        raise AttributeError(f"module 'gmlrun' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"gmlrun.{PLACES[name]}"), name)


def __dir__() -> list[str]:
    return __all__

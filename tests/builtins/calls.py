"""Calls of builtins as a program makes them: a game, a name and arguments go in, the result comes out."""

from __future__ import annotations

from typing import Any

from gmlrun.builtins.binding import bind
from gmlrun.builtins.catalogue import find
from gmlrun.builtins.index import load
from gmlrun.runtime import Runtime


def call(rt: Runtime, name: str, *arguments: Any) -> Any:
    """What a builtin returns in a game; one that wants the caller's self and other gets these first."""
    return bind(find(load().functions[name], name), rt)(*arguments)

"""The extensions of a game whose functions a host has given Python code."""

from __future__ import annotations

from gmlrun.runtime import GamePart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.runtime import Runtime


class Extensions(GamePart):
    """The extensions of one game by their names, as far as they are bound."""

    def __init__(self, rt: Runtime) -> None:
        self.bound: dict[str, Any] = {}
        """The modules with the functions of each."""

"""The process's environment as a program sees it: a name goes in, its text comes out, if that is permitted."""

from __future__ import annotations

import os

from gmlrun.runtime import GamePart
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.runtime import Runtime


class Environment(GamePart):
    """The environment of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.permissions = rt.settings.permissions

    def get(self, name: str) -> str:
        """A variable, empty when it is not set; raises NotPermitted."""
        if self.permissions is not None:
            self.permissions.check_env(name)
        try:
            return clean(os.environ.get(name, ""))
        except ValueError:  # no name of the system's: a surrogate, a zero byte
            return ""

    def first(self, *names: str) -> str:
        """The first of some variables that is set, without those that are not permitted; empty when none is."""
        allowed = True if self.permissions is None else self.permissions.env
        readable = names if allowed is True else [] if allowed is False else [n for n in names if n in allowed]
        return next((found for name in readable if (found := self.get(name))), "")

"""Results of absent functions: a word for the kind of result goes in, the value that means failure comes out."""

from __future__ import annotations

from gmlrun.language import NOONE
from gmlrun.values.model import Struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

NUMBER, HANDLE, INSTANCE, BOOL, TEXT = "number", "handle", "instance", "bool", "text"
STRUCT, ARRAY, NOTHING = "struct", "array", "nothing"


ARRAYS = frozenset(("channels", "effects", "emitters", "keyframes", "points", "tracks"))
"""The variables of GameMaker's own structs that are arrays."""


class Inert(Struct):
    """A struct that nothing stands behind: each of its variables is 0, or an empty array, until the program sets it."""

    __gml_name__ = "struct"

    def __getattr__(self, name: str) -> Value:
        if name.startswith("__"):
            raise AttributeError(name)
        return [] if name in ARRAYS else 0.0


PLAIN: dict[str, Value] = {NUMBER: 0.0, HANDLE: -1.0, INSTANCE: NOONE, BOOL: False, TEXT: "", NOTHING: None}
"""The results that are no objects. A handle is never 0: some live thing could have that number."""


def failure(kind: str) -> Value:
    """A result of a kind; `array4` is an array of four zeros."""
    if kind == STRUCT:
        return Inert()
    if kind.startswith(ARRAY):
        return [0.0] * int(kind.removeprefix(ARRAY) or "0")
    return PLAIN[kind]

"""Data structures and the tables of handles: what `ds_map_create()` and its kin give is the object itself.

A number stands for the structure of that index of its kind; indices are handed out from 0, the one freed
last first. Manual: Data_Structures.
"""

from __future__ import annotations

import math

from gmlrun.errors import GmlError
from gmlrun.lean import Generic, TypeVar, defaultdict, deque
from gmlrun.runtime import GamePart
from gmlrun.values.model import Handle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

H = TypeVar("H", bound=Handle)
L = TypeVar("L", bound="Mortal")


class Handles(GamePart):
    """The live handles of one game: a table for each kind."""

    def __init__(self, rt: Runtime) -> None:
        self._rt = rt
        self._tables: defaultdict[type, list[Any]] = defaultdict(list)
        self._free: defaultdict[type, list[int]] = defaultdict(list)

    def add(self, made: H) -> H:
        """Gives a new handle its index."""
        kind = type(made)
        table, free = self._tables[kind], self._free[kind]
        if free:
            made.index = free.pop()
            table[made.index] = made
        else:
            made.index = len(table)
            table.append(made)
        return made

    def find(self, cls: type[H], value: Value) -> H | None:
        """The live handle that a value means: the object itself or its index; None when there is none.

        Where handles are numbers, one that was destroyed means what has its number now, and one of another kind
        what has its number among those wanted.
        """
        if isinstance(value, cls):
            table = self._tables.get(cls, [])
            found = table[value.index] if value.index < len(table) else None
            return found if found is value or self._rt.has_plain_handles else None
        if isinstance(value, Handle) and self._rt.has_plain_handles:
            value = float(value.index)
        if isinstance(value, (float, int)) and not isinstance(value, bool) and math.isfinite(value):
            table = self._tables.get(cls, [])
            index = int(value)
            return table[index] if 0 <= index < len(table) else None
        return None

    def get(self, cls: type[H], value: Value) -> H:
        """Like `find`; raises GmlError in GameMaker's words when there is none."""
        found = self.find(cls, value)
        if found is None:
            raise GmlError(no_such(cls, value))
        return found

    def free(self, handle: Handle) -> None:
        """Takes a handle out; using it afterwards is an error."""
        self._tables[type(handle)][handle.index] = None
        self._free[type(handle)].append(handle.index)

    def table(self, cls: type[H]) -> list[H | None]:
        """The handles of a kind by index, None where there is none; the list is the same all the time."""
        return self._tables[cls]

    def all(self, cls: type[H]) -> list[H]:
        """The live handles of a kind, by index."""
        return [handle for handle in self._tables.get(cls, []) if handle is not None]


def no_such(cls: type[Handle], value: Value) -> str:
    """GameMaker's words for a handle that names nothing."""
    from gmlrun.values.text import quoted

    words = getattr(cls, "words", "data structure")
    if words == "data structure":
        return f"Data structure with index does not exist: {quoted(value)}"
    return f"{quoted(value)} is an invalid reference to ({words})"


class Mortal(Handle):
    """A handle whose thing can be destroyed; `live` turns False then."""

    __slots__ = ("live",)
    live: bool


class Structure(Mortal):
    """The base of all data structures."""

    __slots__ = ()
    word = ""
    type_number = 0.0

    def __init__(self) -> None:
        super().__init__(self.word, -1)
        self.live = True

    def checked(self) -> Self:
        """The structure itself; raises GmlError once it is destroyed."""
        if not self.live:
            raise GmlError(no_such(type(self), self))
        return self

    def empty(self) -> None:
        """Takes everything out at the end of its life: emitted code finds nothing then, and asks further."""


class DsMap(Structure):
    """A ds_map: `data` from the normalised key to (key, value); `marks` has the keys of owned children.

    Emitted code looks into `data` without asking whether the map is alive, so a dead one's is empty; and
    while an event runs, `data` of its `async_load` stays the same object.

    `walk` has the keys in order for ds_map_find_next and its kin, deleted ones among them; it is None
    until somebody walks, and again after a key has been added.
    """

    __slots__ = ("data", "first", "marks", "places", "walk")
    word = "ds_map"
    type_number = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[Value, tuple[Value, Value]] = {}
        self.marks: dict[Value, str] = {}
        self.walk: list[Value] | None = None
        self.places: dict[Value, int] = {}
        self.first = 0

    def get(self, key: Value) -> Value:
        """The value under a key, undefined when there is none."""
        found = self.data.get(key if type(key) is str else map_key(key))
        return None if found is None else found[1]

    def set(self, key: Value, value: Value) -> None:
        """Adds or replaces; a replaced child is no longer owned."""
        name = key if type(key) is str else map_key(key)
        if self.walk is not None and name not in self.data:
            self.walk = None
        self.data[name] = (key, value)
        if self.marks:
            self.marks.pop(name, None)

    def empty(self) -> None:
        self.data.clear()

    def clear(self) -> None:
        """Takes everything out; what the map owned is left alone."""
        self.data.clear()
        self.marks.clear()
        self.walk = None

    def keys(self) -> list[Value]:
        """The normalised keys in order, with `places` telling where each is."""
        if self.walk is None:
            self.walk, self.first = list(self.data), 0
            self.places = {key: at for at, key in enumerate(self.walk)}
        return self.walk


class DsList(Structure):
    """A ds_list: `items`, and `marks` from an item's position to the kind of child that it owns."""

    __slots__ = ("items", "marks")
    word = "ds_list"
    type_number = 2.0

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Value] = []
        self.marks: dict[int, str] = {}

    def empty(self) -> None:
        self.items = []


class DsStack(Structure):
    __slots__ = ("items",)
    word = "ds_stack"
    type_number = 3.0

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Value] = []

    def empty(self) -> None:
        self.items = []


class DsQueue(Structure):
    __slots__ = ("items",)
    word = "ds_queue"
    type_number = 4.0

    def __init__(self) -> None:
        super().__init__()
        self.items: deque[Value] = deque()

    def empty(self) -> None:
        self.items = deque()


class DsGrid(Structure):
    """A ds_grid: `columns[x][y]`."""

    __slots__ = ("columns", "height", "width")
    word = "ds_grid"
    type_number = 5.0

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.columns: list[list[Value]] = [[0.0] * height for _ in range(width)]

    def empty(self) -> None:
        self.width = self.height = 0
        self.columns = []


def map_key(key: Value) -> Value:
    """The key under which a ds_map keeps an entry: strings and numbers by value, everything else by identity."""
    if type(key) is str:
        return key
    if isinstance(key, (float, int)):
        return float(key) if key == key else ("nan", id(key))
    if key is None:
        return None
    return ("ref", key.kind, key.index) if isinstance(key, Handle) else ("object", id(key))


class Lent(Generic[L]):
    """A pool of handles that live for one event each; a stale handle refers to the current event."""

    def __init__(self, handles: Handles, kind: type[L], make: Callable[[], L]) -> None:
        self._handles = handles
        self._make = make
        self._spare: list[L] = []
        self._table = handles.table(kind)

    def take(self) -> L:
        """A live handle; the borrower fills it."""
        if not self._spare:
            return self._handles.add(self._make())
        made = self._spare.pop()
        made.live = True
        self._table[made.index] = made
        return made

    def give_back(self, handle: L) -> None:
        """Ends a handle's life unless the program has done so; it keeps its index."""
        if handle.live:
            handle.live = False
            self._table[handle.index] = None
            self._spare.append(handle)


def destroy(rt: Runtime, structure: Structure) -> None:
    """Frees a structure and, recursively, the children that it owns."""
    if not structure.live:
        return
    structure.live = False
    destroy_children(rt, structure)
    structure.empty()
    rt.service(Handles).free(structure)


def destroy_children(rt: Runtime, structure: Structure) -> None:
    """Frees the children that a map or a list owns."""
    if isinstance(structure, DsMap):
        owned = [(kind, structure.data[key][1]) for key, kind in structure.marks.items() if key in structure.data]
        structure.marks.clear()
    elif isinstance(structure, DsList):
        owned = [(kind, structure.items[at]) for at, kind in structure.marks.items() if at < len(structure.items)]
        structure.marks.clear()
    else:
        return
    for kind, child in owned:
        found = rt.service(Handles).find(DsMap if kind == "map" else DsList, child)
        if found is not None:
            destroy(rt, found)

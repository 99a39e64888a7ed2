"""Leaks: data structures and buffers go in as they are made, the lines that pile them up come out.

Structures are counted by the line of GML that makes them. A line is told of when what it made is more at each of
several looks, and so is one structure whose contents are.
"""

from __future__ import annotations

import sys

from gmlrun.execution.boundary import is_gml
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import DsList, DsMap, Handles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Handle

LOOKS = 5
"""How many looks in a row have to find more."""
MANY = 100
"""Structures of one line below which nothing is said."""
LARGE = 1000
"""Entries of one structure below which nothing is said; bytes of a buffer count a hundredth."""
SHOWN = 10
"""How many lines the end of the game tells of."""
ENDINGS = {"buffer": "buffer_delete"}


class Growth:
    """How something has grown of late."""

    __slots__ = ("looks", "most", "told")

    def __init__(self) -> None:
        self.most = self.looks = 0
        self.told = False

    def grows(self, size: int, least: int) -> bool:
        """Whether it has been more at each of the last looks, and is much; told once."""
        self.looks = self.looks + 1 if size > self.most else 0 if size < self.most else self.looks
        self.most = size
        if self.told or self.looks < LOOKS or size < least:
            return False
        self.told = True
        return True


class LineLeaks:
    """The structures of one kind that one line of GML has made."""

    def __init__(self, kind: str, place: str) -> None:
        self.kind = kind
        self.place = place
        self.live: set[Handle] = set()
        self.growth = Growth()

    @property
    def ending(self) -> str:
        """The function that frees one."""
        return ENDINGS.get(self.kind, f"{self.kind}_destroy")


class Leaks:
    """The structures of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.lines: dict[tuple[str, str], LineLeaks] = {}
        self.line_of: dict[Handle, LineLeaks] = {}
        self.sizes: dict[Handle, Growth] = {}
        handles: Any = rt.service(Handles)
        add, free = handles.add, handles.free

        def added(made: Handle) -> Handle:
            add(made)
            self.note(made)
            return made

        def freed(handle: Handle) -> None:
            self.forget(handle)
            free(handle)

        handles.add, handles.free = added, freed

    def note(self, made: Handle) -> None:
        """Notes a structure that a line of GML makes; those that the engine makes do not count."""
        place = place_of_caller()
        if place:
            key = (made.kind, place)
            line = self.lines.get(key)
            if line is None:
                line = self.lines[key] = LineLeaks(*key)
            line.live.add(made)
            self.line_of[made] = line

    def forget(self, handle: Handle) -> None:
        """Forgets a structure that is freed."""
        line = self.line_of.pop(handle, None)
        self.sizes.pop(handle, None)
        if line is not None:
            line.live.discard(handle)

    def look(self) -> None:
        """Tells of lines and structures that have grown at each of the last looks."""
        for line in self.lines.values():
            count = len(line.live)
            if line.growth.grows(count, MANY):
                words = f"{line.ending} each one when it is done with"
                self.rt.log(
                    f"warning: {line.place}: {count} of the {line.kind}s made here exist, ever more of them: {words}"
                )
        for handle, line in self.line_of.items():
            size = size_of(handle)
            if size >= LARGE and self.sizes.setdefault(handle, Growth()).grows(size, LARGE):
                self.tell_large(handle, line)

    def tell_large(self, handle: Handle, line: LineLeaks) -> None:
        """Tells of one structure that grows."""
        count = f"{handle.used} bytes" if isinstance(handle, Buffer) else f"{size_of(handle)} entries"
        words = "buffer_seek to its start, or buffer_resize it" if isinstance(handle, Buffer) else "remove what is old"
        self.rt.log(
            f"warning: {line.place}: the {line.kind} {handle.index} made here has {count}, and keeps growing: {words}"
        )

    def tell_all(self) -> None:
        """At the end: what has not been freed, the most first; one of a line may well live as long as the game."""
        left = sorted((line for line in self.lines.values() if len(line.live) > 1), key=lambda line: -len(line.live))
        for line in left[:SHOWN]:
            self.rt.log(f"{line.place}: {len(line.live)} {line.kind}s made here were not freed ({line.ending})")


def size_of(handle: Handle) -> int:
    """How much a structure holds."""
    if isinstance(handle, Buffer):
        return handle.used // 100
    if isinstance(handle, DsMap):
        return len(handle.data)
    items = handle.items if isinstance(handle, DsList) else getattr(handle, "items", ())
    return len(items)


def place_of_caller() -> str:
    """File and line of the GML that calls; empty where none does."""
    frame = sys._getframe(2)
    while frame is not None and not (is_gml(frame.f_code) and not frame.f_code.co_filename.startswith("gmlrun:")):
        back = frame.f_back
        if back is None:
            return ""
        frame = back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"

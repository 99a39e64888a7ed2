"""How much one game holds: its Runtime and the frames that run go in, bytes come out.

Everything is counted that GML can reach, and what waits for the game in queues; shared things of gmlrun itself, the
program's code and what belongs to the host are not. Counting stops where it is more than is asked for.
"""

from __future__ import annotations

import ctypes
import gc
import sys
import time
from collections import deque
from collections.abc import Iterable
from types import FrameType, FunctionType, MethodType
from typing import Any

from gmlrun.execution.boundary import is_gml
from gmlrun.runtime import Runtime
from gmlrun.values.model import GmlClass

BATCH = 1024
"""How many things are looked into at once."""
VARIABLES = 128
"""Bytes that the variables of a struct or an instance take beside their values."""
CONTAINERS = (list, dict, tuple, set, deque, bytearray, MethodType)
OWN = tuple(
    f"gmlrun.{part}"
    for part in ("runtime", "values.", "execution.", "engine.", "space.", "sandbox.", "builtins.", "net.")
)
PAGE = 4096
BLOCK = 64
"""Bytes that an object of Python's takes, as a rule."""
FIELDS = ["arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"]
HERE = 3
"""References to a thing that only the counting itself has."""
ATOMS = (float, str, int, bytes, bool, type(None))
"""The types of values that hold nothing else; each reference to one counts for its part."""


class MallInfo(ctypes.Structure):
    """The state of the C library's heap: `mallinfo2`."""

    _fields_ = [(name, ctypes.c_size_t) for name in FIELDS]


class Meter:
    """How much memory the process uses, as exactly as the system tells without much work."""

    def __init__(self) -> None:
        try:
            self._ask: Any = ctypes.CDLL(None).mallinfo2
            self._ask.restype = MallInfo
        except (OSError, AttributeError, TypeError):  # another C library, Windows
            self._ask = None
        self.cost = 0.0
        """Seconds that the last answer took."""

    def used(self) -> int:
        """Bytes in use; where only the size of the process is known, that."""
        began = time.perf_counter()
        if self._ask is None:
            size = process_size()
        else:
            found = self._ask()
            size = found.uordblks + found.hblkhd + sys.getallocatedblocks() * BLOCK
        self.cost = time.perf_counter() - began
        return size


def process_size() -> int:
    """Bytes that the process has asked the system for, or a peak of them where there is no /proc."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[5]) * PAGE
    except OSError:
        return peak()


def peak() -> int:
    """The most that the process had in memory; 0 on systems that do not tell."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def held(rt: Runtime, frames: Iterable[FrameType], most: int) -> int:
    """Bytes that a game holds, in its own parts and in the locals of frames that run; counts to a little above MOST."""
    local = {id(value): value for frame in frames for value in frame.f_locals.values()}
    roots = [rt.globals, *rt.services(), *rt.functions.values(), rt.assets, *local.values()]
    total = sum(sys.getsizeof(value) for value in local.values() if type(value) in ATOMS)
    kinds: dict[type, bool] = dict.fromkeys(ATOMS, False)
    ids: set[int] = set()
    pending = [root for root in roots if is_counted(root, kinds)]
    while pending and total <= most:
        batch = pending[-BATCH:]
        del pending[-BATCH:]
        found = gc.get_referents(*batch)
        total += sum([size(one) // max(1, references(one) - HERE) for one in found if type(one) in ATOMS])
        others = {id(one): one for one in found if kinds.get(type(one), True)}
        fresh = [one for number, one in others.items() if number not in ids and is_counted(one, kinds)]
        ids.update(map(id, fresh))
        total += sum(map(size_of_container, fresh))
        pending += fresh
    return total


size, references = sys.getsizeof, sys.getrefcount


def size_of_container(thing: Any) -> int:
    """Bytes of a thing that holds others, and of its variables."""
    return size(thing) + (VARIABLES if type(type(thing)) is GmlClass else 0)


def is_counted(thing: Any, kinds: dict[type, bool]) -> bool:
    """Whether a thing belongs to the game, and may hold more of what does; `kinds` has what is known of its type."""
    kind = type(thing)
    if kind is FunctionType:
        return is_gml(thing.__code__)
    found = kinds.get(kind)
    if found is None:
        found = kinds[kind] = kind in CONTAINERS or GmlClass in (kind, type(kind)) or is_own(kind)
    return found


def is_own(kind: type) -> bool:
    """Whether a type is one of the parts of a game."""
    return kind is not Runtime and str(kind.__module__).startswith(OWN)

"""How much one game holds: its Runtime and the frames that run go in, bytes come out.

Everything is counted that GML can reach, and what waits for the game in queues; shared things of gmlrun itself, the
program's code and what belongs to the host are not. Counting stops where it is more than is asked for.
"""

from __future__ import annotations

import ctypes
import gc
import math
import os
import random
import sys
import time
from collections import defaultdict, deque
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
CONTAINERS = (list, dict, defaultdict, tuple, set, deque, bytearray, MethodType)
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
NUMBERS: frozenset[type] = frozenset((float, int, bool, type(None)))
TEXTS: frozenset[type] = frozenset((str, bytes))
ATOMS = NUMBERS | TEXTS
"""The types of values that hold nothing else; each reference to one counts for its part."""
SAMPLE = 4096
"""Numbers, all of about one size, of which no more are looked at to know what many take."""


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
        """Seconds of the processor that the last answer took."""

    def used(self) -> int:
        """Bytes in use; where only the size of the process is known, that."""
        began = time.thread_time()
        if self._ask is None:
            size = process_size()
        else:
            found = self._ask()
            size = found.uordblks + found.hblkhd + sys.getallocatedblocks() * BLOCK
        self.cost = time.thread_time() - began
        return size

    def process_size(self) -> int:
        """Bytes that the process has asked the system for: quick to know, and nothing of what is free in them."""
        return process_size()


def process_size() -> int:
    """Bytes that the process has asked the system for, or a peak of them where there is no /proc."""
    try:
        file = os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return peak()
    try:
        return int(os.read(file, 200).split()[5]) * PAGE
    finally:
        os.close(file)


def peak() -> int:
    """The most that the process had in memory; 0 on systems that do not tell."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def held(rt: Runtime, frames: Iterable[FrameType], most: int, until: float = math.inf) -> int | None:
    """Bytes that a game holds, in its own parts and in the locals of frames that run; counts to a little above MOST.

    None where counting would take longer than until a moment of `time.monotonic`.
    """
    local = {id(value): value for frame in frames for value in frame.f_locals.values()}
    total = sum(sys.getsizeof(value) for value in local.values() if type(value) in ATOMS)
    census = Census([rt.globals, *rt.services(), *rt.functions.values(), rt.assets, *local.values()])
    while census.pending and total <= most:
        if time.monotonic() > until:
            return None
        total += census.step()
    return total


size, references = sys.getsizeof, sys.getrefcount


class Census:
    """Counts all that can be reached from some things, and looks into each of them once."""

    def __init__(self, roots: list[Any]) -> None:
        self.numbers = random.Random()
        self.counted: dict[type, bool] = dict.fromkeys(ATOMS, False)
        """Whether things of a type belong to the game, and may hold more of what does."""
        self.ids: set[int] = set()
        self.pending: list[Any] = []
        wanted = {kind for kind in set(map(type, roots)) if self.belongs(kind)}
        self.pending = [root for root in roots if type(root) in wanted]

    def step(self) -> int:
        """The bytes of what the next things hold; those of it that hold more are pending then."""
        batch = self.pending[-BATCH:]
        del self.pending[-BATCH:]
        found = gc.get_referents(*batch)
        kinds = set(map(type, found))
        wanted = {kind for kind in kinds if self.belongs(kind)}
        total = 0 if kinds.isdisjoint(NUMBERS) else self.numbers_among(found)
        if not kinds.isdisjoint(TEXTS):
            total += sum([size(one) // max(1, references(one) - HERE) for one in found if type(one) in TEXTS])
        return total + self.containers({id(one): one for one in found if type(one) in wanted}) if wanted else total

    def numbers_among(self, found: list[Any]) -> int:
        """The bytes of the numbers; of very many values a part is looked at."""
        if len(found) <= SAMPLE:
            return sum([size(one) // max(1, references(one) - HERE) for one in found if type(one) in NUMBERS])
        part = self.numbers.choices(found, k=SAMPLE)
        taken = sum([size(one) / max(1, references(one) - HERE - 1) for one in part if type(one) in NUMBERS])
        return int(taken * len(found) / SAMPLE)

    def containers(self, found: dict[int, Any]) -> int:
        """The bytes of things that hold others and were not met before, with the variables of structs."""
        known = self.ids
        fresh = [one for number, one in found.items() if number not in known]
        known.update(found)
        if any(type(one) is FunctionType for one in fresh):
            fresh = [one for one in fresh if type(one) is not FunctionType or is_gml(one.__code__)]
        self.pending += fresh
        structs = list(map(type, map(type, fresh))).count(GmlClass)
        return sum(map(size, fresh)) + VARIABLES * structs

    def belongs(self, kind: type) -> bool:
        """Whether things of a type are counted, and looked into."""
        found = self.counted.get(kind)
        if found is None:
            found = self.counted[kind] = (
                kind in CONTAINERS or kind is FunctionType or GmlClass in (kind, type(kind)) or is_own(kind)
            )
        return found


def is_own(kind: type) -> bool:
    """Whether a type is one of the parts of a game."""
    return kind is not Runtime and str(kind.__module__).startswith(OWN)

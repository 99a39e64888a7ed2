"""The priority queue behind `ds_priority_create()`: values with priorities go in, those at either end come out first.

Manual: Data_Structures/DS_Priority_Queues.
"""

from __future__ import annotations

from itertools import chain

from gmlrun.lean import deque, heapify, heappop, heappush, itemgetter
from gmlrun.values.containers import Structure
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

Entry: TypeAlias = tuple[float, int, Value]
"""A priority, the number of the arrival, a value: no two compare equal before the value is looked at."""

LARGE_SHARE = 8
"""When more than one entry in this many is new, all are sorted; otherwise each new one is pushed to the heap."""
FEW = 64
"""How many entries may be gone before the heap is rebuilt."""


class DsPriority(Structure):
    """A ds_priority queue.

    An entry is added to `added`. When an end is asked for, many entries are sorted into `run`, from whose ends they
    are taken one after the other; few go into the heap `lowest` and, once the highest has been asked for, into
    `highest` too. `gone` has the arrivals of entries that were taken out elsewhere and are passed over.
    """

    __slots__ = ("added", "arrived", "count", "gone", "highest", "lowest", "run")
    word = "ds_priority"
    type_number = 6.0

    def __init__(self) -> None:
        super().__init__()
        self.arrived = 0
        self.clear()

    def clear(self) -> None:
        """Removes all entries."""
        self.count = 0
        self.added: list[Entry] = []
        self.run: deque[Entry] = deque()
        self.lowest: list[Entry] = []
        self.highest: list[Entry] | None = None
        self.gone: set[int] = set()

    def empty(self) -> None:
        self.clear()

    def add(self, value: Value, priority: float) -> None:
        """Adds a value; among equal priorities the earliest counts as the lowest."""
        self.arrived = arrived = self.arrived + 1
        self.count += 1
        self.added.append((priority, arrived, value))

    def entries(self) -> Iterator[Entry]:
        """All entries, in no order."""
        gone = self.gone
        held = chain(self.run, self.lowest, self.added)
        return (entry for entry in held if entry[1] not in gone) if gone else held

    def ordered(self) -> list[tuple[float, Value]]:
        """All priorities and values, the lowest priority first."""
        return [(priority, value) for priority, _, value in self._sorted()]

    def _sorted(self) -> list[Entry]:
        """All entries, the lowest priority first, of equal ones the earliest."""
        return sorted(sorted(self.entries(), key=itemgetter(1)), key=itemgetter(0))

    def end(self, lowest: bool) -> Entry | None:
        """The entry with the lowest or the highest priority."""
        if self.added:
            self._settle()
        run, at = self._run_end(lowest)
        top = self._top(lowest)
        if top is None or (run and (run[at] < top) == lowest):
            return run[at] if run else None
        return top

    def take(self, lowest: bool) -> Value:
        """Takes the value at one end out; 0 for an empty queue, as the manual says."""
        found = self.end(lowest)
        if found is None:
            return 0.0
        run, at = self.run, 0 if lowest else -1
        if run and run[at] is found:
            run.popleft() if lowest else run.pop()
        elif self.highest is None:
            heappop(self.lowest)
        else:
            heappop(self.lowest if lowest else self.highest)
            self.gone.add(found[1])
        self.count -= 1
        return found[2]

    def remove(self, entry: Entry) -> None:
        """Takes an entry out, wherever it is."""
        self.gone.add(entry[1])
        self.count -= 1
        self._shrink()

    def _settle(self) -> None:
        """Puts what was added to where the ends are looked for."""
        if len(self.added) * LARGE_SHARE > self.count:
            self._sort()
            return
        for entry in self.added:
            heappush(self.lowest, entry)
            if self.highest is not None:
                heappush(self.highest, mirrored(entry))
        self.added.clear()
        self._shrink()

    def _sort(self) -> None:
        """Puts all entries into the run."""
        self.run = deque(self._sorted())
        self.added, self.lowest, self.highest = [], [], None
        self.gone.clear()

    def _shrink(self) -> None:
        """Rebuilds the heap without the entries that are gone, once they are many."""
        if len(self.gone) > self.count + FEW:
            self._sort()

    def _run_end(self, lowest: bool) -> tuple[deque[Entry], int]:
        """The run without what is gone at one end, and the place of that end."""
        run, gone, at = self.run, self.gone, 0 if lowest else -1
        while gone and run and run[at][1] in gone:
            run.popleft() if lowest else run.pop()
        return run, at

    def _top(self, lowest: bool) -> Entry | None:
        """The entry of the heaps with the lowest or the highest priority."""
        if not self.lowest:
            return None
        if lowest:
            heap = self.lowest
        elif self.highest is None:
            heap = self.highest = [mirrored(entry) for entry in self.lowest]
            heapify(heap)
        else:
            heap = self.highest
        gone, sign = self.gone, 1 if lowest else -1
        while gone and heap and sign * heap[0][1] in gone:
            heappop(heap)
        if not heap:
            return None
        return heap[0] if lowest else mirrored(heap[0])


def mirrored(entry: Entry) -> Entry:
    """An entry for the heap of the highest priorities, or back."""
    priority, arrival, value = entry
    return -priority, -arrival, value

"""Socket numbers: a socket that opens gets the smallest one that is free.

The number of a client that has gone is free only when the program has heard of it: until then an event may name it.
"""

from __future__ import annotations

import heapq


class SocketNumbers:
    """The numbers of one backend's sockets."""

    def __init__(self) -> None:
        self._free: list[int] = []
        self._next = 0
        self._departing: list[int] = []
        """Numbers of clients that have gone; the program is told with the next messages."""
        self._told: list[int] = []
        """Numbers of clients of which the program has been told: free when it asks for messages again."""

    def take(self) -> int:
        """The smallest free number."""
        if self._free:
            return heapq.heappop(self._free)
        self._next += 1
        return self._next - 1

    def give_back(self, number: int) -> None:
        """Frees a number that is taken."""
        heapq.heappush(self._free, number)

    def depart(self, number: int) -> None:
        """Notes a client that has gone."""
        self._departing.append(number)

    def heard_of(self) -> list[int]:
        """The numbers of clients that the program has heard of; to be asked whenever it takes messages."""
        heard, self._told, self._departing = self._told, self._departing, []
        return heard

    @property
    def is_any_departing(self) -> bool:
        """Whether `heard_of` has anything to do."""
        return bool(self._told or self._departing)

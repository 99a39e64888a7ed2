"""The random numbers of GameMaker's native runner: a seed goes in, that runner's sequence comes out.

A WELL512 generator with the seeding and scaling described by several independent reimplementations.
"""

from __future__ import annotations

from gmlrun.runtime import GamePart
from gmlrun.values.random_batches import MASK, batch, few

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.runtime import Runtime

SCALE = 2.0**-32
HIGHEST = (1 << 31) - 1
"""The upper half of 63 bits."""
FEW = 32
"""The numbers that are made at once after a seed has been set."""
FEWEST_AFTER_SEED, FEWEST = 4, 128
"""How often numbers are made few at a time, after a seed and in all, before batches of a hundred pay."""


class Random(GamePart):
    """One game's generator; starts with the seed that the game was given.

    Numbers are made in advance, since a loop over local variables costs half of a call for each.
    """

    def __init__(self, rt: Runtime) -> None:
        self.clock = rt.clock
        self.times = 0
        """How often few numbers have been made."""
        self.set_seed(rt.seed)

    def set_seed(self, seed: int) -> None:
        """Starts the sequence of a seed, of which the low 32 bits count."""
        self.seed = value = seed & MASK
        self.large_from = max(FEWEST, self.times + FEWEST_AFTER_SEED)
        self.state: list[int] = []
        for _ in range(16):
            value = ((value * 214013 + 2531011) & MASK) >> 16
            self.state.append(value)
        self.ready: list[int] = []
        """The numbers that were made in advance, the next one last."""

    def next_u32(self) -> int:
        """The next 32 random bits."""
        if not self.ready:
            self.ready = self.make()
            self.ready.reverse()
        return self.ready.pop()

    def make(self) -> list[int]:
        """The next numbers of the sequence."""
        if self.times >= self.large_from:
            made, self.state = batch(self.state)
            return made
        self.times += 1
        return few(self.state, FEW)

    def unit(self) -> float:
        """A real from 0 up to, but not including, 1."""
        return (self.ready.pop() if self.ready else self.next_u32()) * SCALE

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1, of 63 random bits."""
        ready = self.ready
        if len(ready) > 1:
            low = ready.pop()
            return ((ready.pop() & HIGHEST) << 32 | low) % count
        low = self.next_u32()
        return ((self.next_u32() & HIGHEST) << 32 | low) % count

    def shuffle(self, items: list[object]) -> None:
        """Fisher and Yates from the top, one draw a step."""
        for at in range(len(items) - 1, 0, -1):
            other = self.next_u32() % (at + 1)
            items[at], items[other] = items[other], items[at]

    def randomise(self) -> int:
        """Starts with a seed nobody knows; returns it."""
        self.set_seed(self.clock.chance())
        return self.seed

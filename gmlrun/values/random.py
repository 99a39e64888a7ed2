"""The random numbers of GameMaker's native runner: a seed goes in, that runner's sequence comes out.

A WELL512 generator with the seeding and scaling described by several independent reimplementations.
"""

from __future__ import annotations

from gmlrun.runtime import Runtime

MASK = 0xFFFFFFFF
POLYNOMIAL = 0xDA442D24
"""Old versions had 0xDA442D20, which is the same: it masks numbers whose lower five bits are 0."""
SCALE = 2.0**-32


BATCH = 32


class Random:
    """One game's generator; starts with the seed that the game was given.

    Numbers are made in batches, since a loop over local variables costs half of a call for each.
    """

    def __init__(self, rt: Runtime) -> None:
        self.clock = rt.clock
        self.set_seed(rt.seed)

    def set_seed(self, seed: int) -> None:
        """Starts the sequence of a seed, of which the low 32 bits count."""
        self.seed = value = seed & MASK
        self.index = 0
        self.state: list[int] = []
        for _ in range(16):
            value = ((value * 214013 + 2531011) & MASK) >> 16
            self.state.append(value)
        self.ready: list[int] = []
        """The rest of the batch, the next one last."""

    def next_u32(self) -> int:
        """The next 32 random bits."""
        if not self.ready:
            self.ready = self.make(BATCH)
            self.ready.reverse()
        return self.ready.pop()

    def make(self, count: int) -> list[int]:
        """The next numbers of the sequence."""
        state, index, made = self.state, self.index, []
        for _ in range(count):
            a, c = state[index], state[index - 3]
            b = (a ^ c ^ (a << 16) ^ (c << 15)) & MASK
            c = state[index - 7]
            c ^= c >> 11
            state[index] = d = b ^ c
            index = index - 1 if index else 15
            a = state[index]
            state[index] = a = (a ^ (a << 2) ^ (b << 18) ^ c ^ (c << 28) ^ ((d << 5) & POLYNOMIAL)) & MASK
            made.append(a)
        self.index = index
        return made

    def unit(self) -> float:
        """A real from 0 up to, but not including, 1."""
        return self.next_u32() * SCALE

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1, of 63 random bits."""
        if len(self.ready) > 1:
            low, high = self.ready.pop(), self.ready.pop()
            return (((high << 32) | low) & 0x7FFFFFFFFFFFFFFF) % count
        low = self.next_u32()
        return (((self.next_u32() << 32) | low) & 0x7FFFFFFFFFFFFFFF) % count

    def shuffle(self, items: list[object]) -> None:
        """Fisher and Yates from the top, one draw a step."""
        for at in range(len(items) - 1, 0, -1):
            other = self.next_u32() % (at + 1)
            items[at], items[other] = items[other], items[at]

    def randomise(self) -> int:
        """Starts with a seed nobody knows; returns it."""
        self.set_seed(self.clock.chance())
        return self.seed

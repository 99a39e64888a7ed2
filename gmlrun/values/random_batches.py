"""Random numbers by the hundred: the state of a WELL512 generator goes in, the next numbers and another state come out.

Each bit of a number is a sum, without carries, of bits of the state. What each bit of a state adds to the next COUNT
numbers is worked out once, for all of them side by side in the lanes of large integers; a table has the sums of each
four. A batch is then 128 look-ups, a quarter of the time that the recurrence takes in Python, number by number.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from functools import cache

WORDS, WIDTH = 16, 32
BITS = WORDS * WIDTH
COUNT = 256
"""The numbers of a batch: a multiple of WORDS, so that the index of the state is the same before and after it."""
MASK = (1 << WIDTH) - 1
POLYNOMIAL = 0xDA442D24
"""Old versions had 0xDA442D20, which is the same: it masks numbers whose lower five bits are 0."""
BYTES = WIDTH // 8
STATE, BATCH = struct.Struct(f"<{WORDS}I"), struct.Struct(f"<{COUNT + WORDS}I")

Halves = tuple[tuple[int, ...], tuple[int, ...]]


def few(state: list[int], count: int) -> list[int]:
    """The next numbers of a state, one after the other: a multiple of WORDS. Changes the state."""
    index, made = 0, []
    for _ in range(count):
        a, c = state[index], state[index - 3]
        b = (a ^ c ^ (a << 16) ^ (c << 15)) & MASK
        c = state[index - 7]
        c ^= c >> 11
        state[index] = d = b ^ c
        index = index - 1 if index else WORDS - 1
        a = state[index]
        state[index] = a = (a ^ (a << 2) ^ (b << 18) ^ c ^ (c << 28) ^ ((d << 5) & POLYNOMIAL)) & MASK
        made.append(a)
    return made


def lanes(word: int) -> int:
    """A word in each of as many lanes as a state has bits."""
    return int.from_bytes(word.to_bytes(BYTES, "little") * BITS, "little")


def of_single_bits() -> list[int]:
    """The next numbers, and the words of the state after them, of all states with one bit: lane k is bit k's."""
    kept = {count: lanes((MASK << count) & MASK) for count in (2, 5, 15, 16, 18, 28)}
    low, polynomial = lanes(MASK >> 11), lanes(POLYNOMIAL)

    def left(value: int, count: int) -> int:
        return (value << count) & kept[count]

    state = [sum(1 << (WIDTH * (WIDTH * word + bit) + bit) for bit in range(WIDTH)) for word in range(WORDS)]
    made, index = [], 0
    for _ in range(COUNT):
        a, c = state[index], state[index - 3]
        b = a ^ c ^ left(a, 16) ^ left(c, 15)
        c = state[index - 7]
        c ^= (c >> 11) & low
        state[index] = d = b ^ c
        index = index - 1 if index else WORDS - 1
        a = state[index]
        state[index] = a = a ^ left(a, 2) ^ left(b, 18) ^ c ^ left(c, 28) ^ (left(d, 5) & polynomial)
        made.append(a)
    return made + state


@cache
def tables() -> tuple[Halves, ...]:
    """For each byte of a state, what each value of its lower and its upper four bits adds to the words of a batch."""
    words = array("I", b"".join(value.to_bytes(BYTES * BITS, "little") for value in of_single_bits()))
    of_bits = [int.from_bytes(words[bit::BITS].tobytes(), "little") for bit in range(BITS)]
    quarters = [sums(of_bits[at : at + 4]) for at in range(0, BITS, 4)]
    return tuple(zip(quarters[::2], quarters[1::2], strict=True))


def sums(values: Sequence[int]) -> tuple[int, ...]:
    """The sums, without carries, of all selections of some values: bit k of a place selects value k."""
    made = [0]
    for value in values:
        made += [value ^ other for other in made]
    return tuple(made)


def batch(state: Sequence[int]) -> tuple[list[int], list[int]]:
    """The next COUNT numbers of a state whose index is 0, and the state after them."""
    added = 0
    for (lower, upper), byte in zip(tables(), STATE.pack(*state), strict=True):
        added ^= lower[byte & 15] ^ upper[byte >> 4]
    words = BATCH.unpack(added.to_bytes(BATCH.size, "little"))
    return list(words[:COUNT]), list(words[COUNT:])

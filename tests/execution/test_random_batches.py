"""Random numbers that are made by the hundred: they are those that are made one by one, whenever that begins."""

from __future__ import annotations

import random

import pytest

from gmlrun.runtime import Runtime
from gmlrun.values import random as generator
from gmlrun.values.random import Random
from gmlrun.values.random_batches import COUNT, WORDS, batch, few

SEEDS = [0, 1, 12345, 0xFFFFFFFF, 0xDEADBEEF]


def one_by_one(seed: int, count: int) -> list[int]:
    """The numbers of a seed by the recurrence alone."""
    made = Random(Runtime())
    made.set_seed(seed)
    return few(made.state, -(-count // WORDS) * WORDS)[:count]


@pytest.mark.parametrize("number", range(20))
def test_a_batch_has_the_numbers_of_the_recurrence(number: int) -> None:
    chance = random.Random(number)
    state = [chance.getrandbits(32) for _ in range(WORDS)]
    for _ in range(3):
        made, after = batch(state)
        assert made == few(state, COUNT)
        assert after == state
        state = after


@pytest.mark.parametrize("bit", [0, 5, 31, 32, 250, 511])
def test_a_batch_has_them_for_each_bit_of_a_state(bit: int) -> None:
    state = [1 << (bit % 32) if bit // 32 == word else 0 for word in range(WORDS)]
    assert batch(state)[0] == few(state, COUNT)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_sequence_is_the_same_however_it_is_made(seed: int) -> None:
    made = Random(Runtime())
    made.set_seed(seed)
    length = generator.FEW * generator.FEWEST + 3 * COUNT
    assert [made.next_u32() for _ in range(length)] == one_by_one(seed, length)


def test_a_seed_begins_its_sequence_anew_in_the_midst_of_any_batch() -> None:
    made = Random(Runtime())
    for drawn in (1, 31, 32, 5000, 17, 300, 129, 6000, 2):
        made.set_seed(drawn)
        assert [made.next_u32() for _ in range(drawn)] == one_by_one(drawn, drawn)


def test_units_and_whole_numbers_take_the_next_ones() -> None:
    made = Random(Runtime())
    made.set_seed(7)
    words = one_by_one(7, 9000)
    for at in range(0, 9000, 3):
        assert made.unit() == words[at] / 2**32
        low, high = words[at + 1 : at + 3]
        assert made.below(1000) == (((high << 32) | low) & ((1 << 63) - 1)) % 1000

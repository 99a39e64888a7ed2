"""Random numbers: the sequences of GameMaker's native runner. Manual: Maths_And_Numbers/Number_Functions."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.values.model import Value
from gmlrun.values.random import Random

chapter = Chapter("Maths_And_Numbers/Number_Functions")


@chapter
def random(random: Random, n: Real) -> float:
    """A random real from 0 up to N."""
    return random.unit() * n


@chapter
def random_range(random: Random, n1: Real, n2: Real) -> float:
    """A random real between two bounds."""
    low, high = min(n1, n2), max(n1, n2)
    return low if low == high else low + (high - low) * random.unit()


@chapter
def irandom(random: Random, n: Int) -> Real:
    """A random whole number from 0 to N, both included."""
    found = random.below(abs(n) + 1)
    return -found if n < 0 else found


@chapter
def irandom_range(random: Random, n1: Int, n2: Int) -> Real:
    """A random whole number between two bounds, both included."""
    low, high = min(n1, n2), max(n1, n2)
    return low + random.below(high - low + 1)


@chapter
def choose(random: Random, *vals: Value) -> Value:
    """One of the arguments."""
    return vals[random.next_u32() % len(vals)] if vals else 0.0


@chapter
def random_set_seed(random: Random, val: Int, fixRangeBug: Bool = False) -> None:
    """Starts the sequence of a seed."""
    random.set_seed(val)


@chapter
def random_get_seed(random: Random) -> Real:
    """The seed that the sequence was started with, from 0 up to 2**32."""
    return random.seed


@chapter.spelt("randomize")
def randomise(random: Random) -> Real:
    """Starts a sequence that cannot be predicted; returns its seed."""
    return random.randomise()


@chapter
def random_use_old_version(enable: Bool) -> None:
    """Chooses the generator of old GameMaker versions, whose numbers are the same."""

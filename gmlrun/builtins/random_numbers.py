"""Random numbers: the sequences of GameMaker's native runner. Manual: Maths_And_Numbers/Number_Functions."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.random import Random

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass

chapter = Chapter("Maths_And_Numbers/Number_Functions")


@chapter
def random(rt: Runtime, n: Real) -> float:
    """A random real from 0 up to N."""
    return rt.service(Random).unit() * n


@chapter
def random_range(rt: Runtime, n1: Real, n2: Real) -> float:
    """A random real between two bounds."""
    low, high = min(n1, n2), max(n1, n2)
    return low if low == high else low + (high - low) * rt.service(Random).unit()


@chapter
def irandom(rt: Runtime, n: Int) -> Real:
    """A random whole number from 0 to N, both included."""
    found = rt.service(Random).below(abs(n) + 1)
    return -found if n < 0 else found


@chapter
def irandom_range(rt: Runtime, n1: Int, n2: Int) -> Real:
    """A random whole number between two bounds, both included."""
    low, high = min(n1, n2), max(n1, n2)
    return low + rt.service(Random).below(high - low + 1)


@chapter
def choose(rt: Runtime, *vals: Value) -> Value:
    """One of the arguments."""
    return vals[rt.service(Random).next_u32() % len(vals)] if vals else 0.0


@chapter
def random_set_seed(rt: Runtime, val: Int, fixRangeBug: Bool = False) -> None:
    """Starts the sequence of a seed."""
    rt.service(Random).set_seed(val)


@chapter
def random_get_seed(rt: Runtime) -> Real:
    """The seed that the sequence was started with, from 0 up to 2**32."""
    return rt.service(Random).seed


@chapter.spelt("randomize")
def randomise(rt: Runtime) -> Real:
    """Starts a sequence that nobody can foresee; returns its seed."""
    return rt.service(Random).randomise()


@chapter
def random_use_old_version(enable: Bool) -> None:
    """Chooses the generator of old GameMaker versions, whose numbers are the same."""

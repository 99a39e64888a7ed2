"""Numbers, angles and vectors. Manual: Maths_And_Numbers. Angles in degrees run counter-clockwise, y points down."""

from __future__ import annotations

import math
import operator

from gmlrun.builtins.registry import Chapter, Real
from gmlrun.errors import GmlError
from gmlrun.language import EPSILON
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.operators import number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

chapter = Chapter("Maths_And_Numbers/Number_Functions")
angles = Chapter("Maths_And_Numbers/Angles_And_Distance")


# ---------------------------------------------------------------------- rounding


def rounded(function: Callable[[float], int]) -> Callable[[float], float]:
    """A rounding function that leaves NaN and infinities alone."""
    return lambda value: float(function(value)) if math.isfinite(value) else value


to_even, downwards, upwards = rounded(round), rounded(math.floor), rounded(math.ceil)


@chapter
def round_(n: Real) -> float:
    """The nearest whole number; a half goes to the even one."""
    return to_even(n)


@chapter
def floor(n: Real) -> float:
    """The next whole number downwards."""
    return downwards(n)


@chapter
def ceil(val: Real) -> float:
    """The next whole number upwards."""
    return upwards(val)


@chapter
def frac(n: Real) -> float:
    """The part behind the decimal point, with the number's sign."""
    return math.modf(n)[0] if math.isfinite(n) else 0.0


@chapter
def abs_(val: Real) -> float:
    """A number without its sign."""
    return abs(val)


@chapter
def sign(n: Real) -> float:
    """-1, 0 or 1; -1 for NaN."""
    return float((n > 0) - (n < 0)) if n == n else -1.0


@chapter
def clamp(val: Real, min: Real, max: Real) -> float:
    """The nearest number within two bounds; NaN for NaN."""
    raised = min if val < min else val
    return max if raised > max else raised


@chapter
def lerp(a: Real, b: Real, amt: Real) -> float:
    """The number at a part of the way from one to another."""
    return a + (b - a) * amt


# ------------------------------------------------------------------- several values


def extreme(values: tuple[Value, ...], name: str, better: Callable[[Any, Any], bool]) -> Value:
    """The best of some values taken as numbers, a function as it is; NaN only if there is nothing else."""
    best: Value = 0.0
    found = math.nan
    for value in values:
        candidate = number(value, name)
        if better(candidate, found) or found != found:
            found = candidate
            best = value if callable(value) else candidate
    return best


@chapter
def max_(*vals: Value) -> Value:
    """The greatest of some numbers."""
    if len(vals) == 2:
        first, second = vals
        if type(first) is float and type(second) is float and first == first:
            return second if second > first else first
    return extreme(vals, "max", operator.gt)


@chapter
def min_(*vals: Value) -> Value:
    """The least of some numbers."""
    if len(vals) == 2:
        first, second = vals
        if type(first) is float and type(second) is float and first == first:
            return second if second < first else first
    return extreme(vals, "min", operator.lt)


@chapter
def mean(*vals: Real) -> float:
    """The arithmetic mean of some numbers."""
    return math.fsum(vals) / len(vals) if vals else 0.0


@chapter
def median(*vals: Real) -> float:
    """The middle one of some numbers; of an even count the upper of the two."""
    return sorted(vals)[len(vals) // 2] if vals else 0.0


# ------------------------------------------------------------- powers and logarithms


@chapter
def sqr(val: Real) -> float:
    """A number's square."""
    return val * val


@chapter
def sqrt(val: Real) -> float:
    """A number's square root; raises for negative numbers."""
    if val < 0:
        if val >= -EPSILON:
            return 0.0
        raise GmlError("Cannot apply sqrt to negative number.")
    return math.sqrt(val)


@chapter
def power(x: Real, n: Real) -> float:
    """X raised to the power N."""
    try:
        return math.pow(x, n)
    except OverflowError:
        return math.inf if x > 0 or n % 2 == 0 else -math.inf
    except ValueError:
        return math.inf if x == 0 else math.nan


@chapter
def exp(n: Real) -> float:
    """e raised to a power."""
    try:
        return math.exp(n)
    except OverflowError:
        return math.inf


def logarithm(function: Callable[[float], float], value: float) -> float:
    """A logarithm that knows zero and negative numbers."""
    if value <= 0:
        return -math.inf if value == 0 else math.nan
    return function(value)


@chapter
def ln(n: Real) -> float:
    """The natural logarithm."""
    return logarithm(math.log, n)


@chapter
def log2(n: Real) -> float:
    """The logarithm to base 2."""
    return logarithm(math.log2, n)


@chapter
def log10(n: Real) -> float:
    """The logarithm to base 10."""
    return logarithm(math.log10, n)


@chapter
def logn(n: Real, val: Real) -> float:
    """The logarithm to base N."""
    top, bottom = logarithm(math.log, val), logarithm(math.log, n)
    if top != top:
        return math.nan
    if bottom == 0:
        return math.nan if top == 0 else math.copysign(math.inf, top)
    return 0.0 if math.isinf(bottom) and not math.isinf(top) else top / bottom


@chapter
def math_set_epsilon(rt: Runtime, epsilon: Real) -> None:
    """Sets how far two numbers may be apart and still be equal: at least 0, below 1."""
    if 0 <= epsilon < 1:
        rt.epsilon = epsilon or 1e-11


@chapter
def math_get_epsilon(rt: Runtime) -> float:
    """How far two numbers may be apart and still be equal."""
    return rt.epsilon


# --------------------------------------------------------------------- trigonometry


def periodic(function: Callable[[float], float], value: float) -> float:
    return function(value) if math.isfinite(value) else math.nan


@angles
def sin(val: Real) -> float:
    """The sine of an angle in radians."""
    return periodic(math.sin, val)


@angles
def cos(val: Real) -> float:
    """The cosine of an angle in radians."""
    return periodic(math.cos, val)


@angles
def tan(val: Real) -> float:
    """The tangent of an angle in radians."""
    return periodic(math.tan, val)


@angles
def dsin(val: Real) -> float:
    """The sine of an angle in degrees."""
    return periodic(math.sin, math.radians(val))


@angles
def dcos(val: Real) -> float:
    """The cosine of an angle in degrees."""
    return periodic(math.cos, math.radians(val))


@angles
def dtan(val: Real) -> float:
    """The tangent of an angle in degrees."""
    return periodic(math.tan, math.radians(val))


def inverse(function: Callable[[float], float], value: float, name: str) -> float:
    """arcsin or arccos, with a tolerance at the ends of its domain."""
    if abs(value) > 1 + EPSILON:
        raise GmlError(f"Cannot apply {name} to a number outside -1 to 1.")
    return function(max(-1.0, min(1.0, value)))


@angles
def arcsin(x: Real) -> float:
    """The angle in radians with that sine; raises outside -1 to 1."""
    return inverse(math.asin, x, "arcsin")


@angles
def arccos(x: Real) -> float:
    """The angle in radians with that cosine; raises outside -1 to 1."""
    return inverse(math.acos, x, "arccos")


@angles
def arctan(x: Real) -> float:
    """The angle in radians with that tangent."""
    return math.atan(x)


@angles
def arctan2(y: Real, x: Real) -> float:
    """The angle in radians of a point."""
    return math.atan2(y, x)


@angles
def darcsin(x: Real) -> float:
    """The angle in degrees with that sine; raises outside -1 to 1."""
    return math.degrees(inverse(math.asin, x, "darcsin"))


@angles
def darccos(val: Real) -> float:
    """The angle in degrees with that cosine; raises outside -1 to 1."""
    return math.degrees(inverse(math.acos, val, "darccos"))


@angles
def darctan(x: Real) -> float:
    """The angle in degrees with that tangent."""
    return math.degrees(math.atan(x))


@angles
def darctan2(y: Real, x: Real) -> float:
    """The angle in degrees of a point."""
    return math.degrees(math.atan2(y, x))


@angles
def degtorad(deg: Real) -> float:
    """Degrees as radians."""
    return math.radians(deg)


@angles
def radtodeg(rad: Real) -> float:
    """Radians as degrees."""
    return math.degrees(rad)


# ------------------------------------------------------------- points and directions


def snapped(value: float) -> float:
    """A whole number where a rounding error alone keeps the value from one."""
    whole = to_even(value)
    return whole if abs(value - whole) < 1e-4 else value


@angles
def lengthdir_x(len: Real, dir: Real) -> float:
    """How far a length in a direction reaches to the right."""
    return snapped(len * periodic(math.cos, math.radians(dir)))


@angles
def lengthdir_y(len: Real, dir: Real) -> float:
    """How far a length in a direction reaches downwards."""
    return snapped(-len * periodic(math.sin, math.radians(dir)))


@angles
def point_direction(x1: Real, y1: Real, x2: Real, y2: Real) -> float:
    """The direction from one point to another, in degrees from 0 up to 360."""
    return math.degrees(math.atan2(y1 - y2, x2 - x1)) % 360.0 if (x1, y1) != (x2, y2) else 0.0


@angles
def point_distance(x1: Real, y1: Real, x2: Real, y2: Real) -> float:
    """The distance between two points."""
    return math.hypot(x2 - x1, y2 - y1)


@angles
def point_distance_3d(x1: Real, y1: Real, z1: Real, x2: Real, y2: Real, z2: Real) -> float:
    """The distance between two points in space."""
    return math.hypot(x2 - x1, y2 - y1, z2 - z1)


@angles
def angle_difference(dest: Real, src: Real) -> float:
    """How far to turn from one direction to another, in degrees from -180 up to 180."""
    if not (math.isfinite(dest) and math.isfinite(src)):
        return math.nan
    return math.fmod(math.fmod(dest - src, 360.0) + 540.0, 360.0) - 180.0


def ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom else math.nan


@angles
def dot_product(x1: Real, y1: Real, x2: Real, y2: Real) -> float:
    """The dot product of two vectors."""
    return x1 * x2 + y1 * y2


@angles
def dot_product_3d(x1: Real, y1: Real, z1: Real, x2: Real, y2: Real, z2: Real) -> float:
    """The dot product of two vectors in space."""
    return x1 * x2 + y1 * y2 + z1 * z2


@angles.spelt("dot_product_normalized")
def dot_product_normalised(x1: Real, y1: Real, x2: Real, y2: Real) -> float:
    """The dot product of two vectors made one long; NaN for a vector of length 0."""
    return ratio(x1 * x2 + y1 * y2, math.hypot(x1, y1) * math.hypot(x2, y2))


@angles.spelt("dot_product_3d_normalized")
def dot_product_3d_normalised(x1: Real, y1: Real, z1: Real, x2: Real, y2: Real, z2: Real) -> float:
    """The dot product of two vectors in space made one long; NaN for a vector of length 0."""
    return ratio(x1 * x2 + y1 * y2 + z1 * z2, math.hypot(x1, y1, z1) * math.hypot(x2, y2, z2))

"""The lattice of static types, called kinds: two kinds go in, their join or an operator's result comes out.

A kind says how the emitted code represents the value, so NAT and INT are GML reals that are held as
Python ints while they are counters and indices. Only a counter may be one: it grows by small literals,
so it stays far below 2**53, where a real would begin to round.
"""

from __future__ import annotations

NAT = "nat"
"""A real held as a non-negative Python int."""
INT = "int"
"""A real held as a Python int."""
REAL = "real"
BOOL = "bool"
INT64 = "int64"
STR = "str"
ARRAY = "array"
STRUCT = "struct"
UNDEFINED = "undefined"
ANY = "any"
BOTTOM = ""
"""Nothing is known yet: the start of the inference."""

INTEGERS = frozenset((NAT, INT))
NUMBERS = frozenset((NAT, INT, REAL))

MAP, LIST, GRID, QUEUE, STACK, PRIORITY, BUFFER = "map", "list", "grid", "queue", "stack", "priority", "buffer"
"""Handles of data structures and buffers, which may have been destroyed."""

RETURN_KINDS = {"Real": REAL, "String": STR, "Bool": BOOL, "Array": ARRAY}

COMPARISONS = frozenset(("==", "!=", "<", "<=", ">", ">=", "&&", "||", "^^"))
BITWISE = frozenset(("&", "|", "^", "<<", ">>"))
ARITHMETIC = frozenset(("+", "-", "*", "/", "%", "div", *BITWISE))


def join(first: str, second: str) -> str:
    """The kind that holds what either kind holds."""
    if first in (BOTTOM, second):
        return second
    if second == BOTTOM:
        return first
    pair = {first, second}
    if pair <= INTEGERS:
        return INT
    return REAL if pair <= NUMBERS else ANY


def arithmetic(operator: str, left: str, right: str) -> str:
    """The kind of `left operator right` for the operators of ARITHMETIC, as the lowerings produce it."""
    if operator in BITWISE:
        return INT64
    if BOTTOM in (left, right):
        return BOTTOM
    left, right = (NAT if kind == BOOL and operator in "+-*" else kind for kind in (left, right))
    if left in INTEGERS and right in INTEGERS and operator in "+-*":
        return NAT if left == right == NAT and operator != "-" else INT
    if left in NUMBERS and right in NUMBERS:
        return REAL
    if left == right == INT64 and operator != "/":
        return INT64
    if stays_real(operator, left, right):
        return REAL
    if operator == "+" and left == STR:
        return STR
    return ANY


def stays_real(operator: str, left: str, right: str) -> bool:
    """Whether a real beside a value of any type gives a real, or an error; `2 * "ab"` alone gives text."""
    if operator == "*" and right in (ANY, STR):
        return False
    return operator in "+-*/%" and {left, right} <= {ANY, REAL, INT64, BOOL} and REAL in (left, right)

"""Matrices: arrays of 16 reals, row by row, translation last. Manual: Maths_And_Numbers/Matrix_Functions.

A function with RESULT_MATRIX writes into that array, if one is given, and returns it.
"""

from __future__ import annotations

import math

from gmlrun.builtins.maths import periodic
from gmlrun.builtins.registry import Array, Chapter, Int, Real
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import to_real
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

chapter = Chapter("Maths_And_Numbers/Matrix_Functions")

CONSTANTS: dict[str, float] = {"matrix_view": 0.0, "matrix_projection": 1.0, "matrix_world": 2.0}

Numbers = list[float]
IDENTITY = (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)
SIZE = 16
STACK_LIMIT = 50


class Matrices(GamePart):
    """The matrices that drawing would use, and the stack."""

    def __init__(self, rt: Runtime) -> None:
        self.current: dict[int, Numbers] = {kind: list(IDENTITY) for kind in range(3)}
        self.stack: list[Numbers] = []


def numbers(matrix: list[Value]) -> Numbers:
    """An array's 16 numbers; raises for an array of another length."""
    if len(matrix) != SIZE:
        raise GmlError(f"a matrix is an array of 16 numbers, not of {len(matrix)}")
    return [to_real(value) for value in matrix]


def given(values: Sequence[float], result: Value) -> Value:
    """The values, in the array that was given for them or in a new one."""
    made = result if type(result) is list else []
    made[:] = values
    return made


def product(first: Sequence[float], second: Sequence[float]) -> Numbers:
    """The matrix that does what the first does, then what the second does."""
    return [
        math.fsum(first[4 * row + k] * second[4 * k + column] for k in range(4))
        for row in range(4)
        for column in range(4)
    ]


def rotation(axis: int, degrees: float) -> Numbers:
    """A rotation about an axis: 0 for x, 1 for y, 2 for z."""
    sine, cosine = periodic(math.sin, math.radians(degrees)), periodic(math.cos, math.radians(degrees))
    made = list(IDENTITY)
    low, high = [n for n in range(3) if n != axis]
    made[5 * low] = made[5 * high] = cosine
    made[4 * low + high], made[4 * high + low] = (sine, -sine) if axis == 1 else (-sine, sine)
    return made


@chapter
def matrix_build_identity() -> Value:
    """The matrix that changes nothing."""
    return list(IDENTITY)


@chapter
def matrix_build(
    x: Real,
    y: Real,
    z: Real,
    xrotation: Real,
    yrotation: Real,
    zrotation: Real,
    xscale: Real,
    yscale: Real,
    zscale: Real,
    result_matrix: Value = None,
) -> Value:
    """A matrix from a place, rotations in degrees (about y, then x, then z) and scales."""
    turned = product(product(rotation(1, yrotation), rotation(0, xrotation)), rotation(2, zrotation))
    scaled = [value * (xscale, yscale, zscale, 1.0)[at % 4] for at, value in enumerate(turned)]
    scaled[12:15] = x, y, z
    return given(scaled, result_matrix)


def subtracted(a: Sequence[float], b: Sequence[float]) -> Numbers:
    return [p - q for p, q in zip(a, b, strict=True)]


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    return math.fsum(p * q for p, q in zip(a, b, strict=True))


def cross(a: Sequence[float], b: Sequence[float]) -> Numbers:
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def unit(a: Sequence[float]) -> Numbers:
    """A vector made one long; one of length 0 stays."""
    length = math.hypot(*a)
    return [p / length for p in a] if length else list(a)


@chapter
def matrix_build_lookat(
    xfrom: Real,
    yfrom: Real,
    zfrom: Real,
    xto: Real,
    yto: Real,
    zto: Real,
    xup: Real,
    yup: Real,
    zup: Real,
    result_matrix: Value = None,
) -> Value:
    """The view from one point to another, with a direction that is up."""
    place = (xfrom, yfrom, zfrom)
    look = unit(subtracted((xto, yto, zto), place))
    right = unit(cross(unit((xup, yup, zup)), look))
    up = unit(cross(look, right))
    made: Numbers = []
    for axis in range(3):
        made += [right[axis], up[axis], look[axis], 0.0]
    made += [-dot(place, right), -dot(place, up), -dot(place, look), 1.0]
    return given(made, result_matrix)


def projection(across: float, down: float, near: float, far: float, result: Value) -> Value:
    """A perspective projection with these scales; the identity where it would divide by zero."""
    if near == far:
        return given(IDENTITY, result)
    depth = far / (far - near)
    made = [across, 0.0, 0.0, 0.0, 0.0, down, 0.0, 0.0, 0.0, 0.0, depth, 1.0, 0.0, 0.0, -near * depth, 0.0]
    return given(made, result)


@chapter
def matrix_build_projection_ortho(
    width: Real, height: Real, znear: Real, zfar: Real, result_matrix: Value = None
) -> Value:
    """A projection without perspective."""
    if not width or not height or znear == zfar:
        return given(IDENTITY, result_matrix)
    made = list(IDENTITY)
    made[0], made[5] = 2.0 / width, 2.0 / height
    made[10], made[14] = 1.0 / (zfar - znear), znear / (znear - zfar)
    return given(made, result_matrix)


@chapter
def matrix_build_projection_perspective(
    width: Real, height: Real, znear: Real, zfar: Real, result_matrix: Value = None
) -> Value:
    """A perspective projection for a view of that size."""
    if not width or not height:
        return given(IDENTITY, result_matrix)
    return projection(2.0 * znear / width, 2.0 * znear / height, znear, zfar, result_matrix)


@chapter
def matrix_build_projection_perspective_fov(
    fov_y: Real, aspect: Real, znear: Real, zfar: Real, result_matrix: Value = None
) -> Value:
    """A perspective projection for an angle of view, in degrees."""
    if not fov_y or not aspect:
        return given(IDENTITY, result_matrix)
    down = 1.0 / periodic(math.tan, math.radians(fov_y) * 0.5)
    return projection(down / aspect, down, znear, zfar, result_matrix)


@chapter
def matrix_multiply(matrix1: Array, matrix2: Array, result_matrix: Value = None) -> Value:
    """The product of two matrices."""
    return given(product(numbers(matrix1), numbers(matrix2)), result_matrix)


@chapter
def matrix_inverse(matrix: Array, result_matrix: Value = None) -> Value:
    """The matrix that undoes another one; raises when there is none."""
    rows = [numbers(matrix)[4 * r : 4 * r + 4] + list(IDENTITY[4 * r : 4 * r + 4]) for r in range(4)]
    for column in range(4):
        best = max(range(column, 4), key=lambda r: abs(rows[r][column]))
        if abs(rows[best][column]) < 1e-12:
            raise GmlError("matrix_inverse: the matrix has no inverse")
        rows[column], rows[best] = rows[best], rows[column]
        divided = [value / rows[column][column] for value in rows[column]]
        rows = [divided if r == column else eliminated(row, divided, column) for r, row in enumerate(rows)]
    return given([value for row in rows for value in row[4:]], result_matrix)


def eliminated(row: Numbers, pivot: Numbers, column: int) -> Numbers:
    """A row with a column made zero by the pivot row."""
    factor = row[column]
    return [value - factor * other for value, other in zip(row, pivot, strict=True)]


@chapter
def matrix_transform_vertex(
    matrix: Array, x: Real, y: Real, z: Real, w: Value = None, result_array: Value = None
) -> Value:
    """A point moved by a matrix: an array of 3 numbers, or of 4 when W is given."""
    values = numbers(matrix)
    point = (x, y, z, 1.0 if w is None else to_real(w))
    moved = [math.fsum(point[k] * values[4 * k + column] for k in range(4)) for column in range(4)]
    return given(moved[:3] if w is None else moved, result_array)


# ----------------------------------------------------------------------- drawing's


@chapter
def matrix_get(matrices: Matrices, type: Int, result_matrix: Value = None) -> Value:
    """The view, projection or world matrix that was set last."""
    return given(matrices.current.get(type, list(IDENTITY)), result_matrix)


@chapter
def matrix_set(matrices: Matrices, type: Int, matrix: Array) -> None:
    """Sets the view, projection or world matrix."""
    matrices.current[type] = numbers(matrix)


@chapter
def matrix_stack_push(matrices: Matrices, matrix: Array) -> None:
    """Puts the product of a matrix and the top of the stack on the stack."""
    stack = matrices.stack
    if len(stack) >= STACK_LIMIT:
        raise GmlError("matrix_stack_push: the stack is full")
    values = numbers(matrix)
    stack.append(product(values, stack[-1]) if stack else values)


@chapter
def matrix_stack_set(matrices: Matrices, matrix: Array) -> None:
    """Replaces the top of the stack."""
    stack = matrices.stack
    stack[-1:] = [numbers(matrix)]


@chapter
def matrix_stack_pop(matrices: Matrices) -> Value:
    """Takes the top off the stack and returns it; the identity of an empty stack."""
    stack = matrices.stack
    return stack.pop() if stack else list(IDENTITY)


@chapter
def matrix_stack_top(matrices: Matrices) -> Value:
    """The top of the stack; the identity of an empty one."""
    stack = matrices.stack
    return list(stack[-1]) if stack else list(IDENTITY)


@chapter
def matrix_stack_is_empty(matrices: Matrices) -> bool:
    """Whether nothing is on the stack."""
    return not matrices.stack


@chapter
def matrix_stack_clear(matrices: Matrices) -> None:
    """Takes everything off the stack."""
    matrices.stack.clear()

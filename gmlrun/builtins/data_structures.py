"""The common part of all data structures: type numbers, whether one exists, how values are found.

Manual: Data_Structures.
"""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Int, Real, handle_type
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.containers import (
    DsGrid,
    DsList,
    DsMap,
    DsQueue,
    DsStack,
    Handles,
    Structure,
)
from gmlrun.values.conversions import parse_number
from gmlrun.values.model import Handle, Value
from gmlrun.values.priority import DsPriority
from gmlrun.values.random import Random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeAlias

chapter = Chapter("Data_Structures")

KINDS: dict[int, type[Structure]] = {
    1: DsMap,
    2: DsList,
    3: DsStack,
    4: DsQueue,
    5: DsGrid,
    6: DsPriority,
}

CONSTANTS: dict[str, float] = {
    "ds_type_map": 1.0,
    "ds_type_list": 2.0,
    "ds_type_stack": 3.0,
    "ds_type_queue": 4.0,
    "ds_type_grid": 5.0,
    "ds_type_priority": 6.0,
}

if TYPE_CHECKING:
    MapArg: TypeAlias = DsMap
    ListArg: TypeAlias = DsList
    StackArg: TypeAlias = DsStack
    QueueArg: TypeAlias = DsQueue
    GridArg: TypeAlias = DsGrid
    PriorityArg: TypeAlias = DsPriority
else:
    MapArg = handle_type(DsMap, "Id.DsMap", "a ds_map")
    ListArg = handle_type(DsList, "Id.DsList", "a ds_list")
    StackArg = handle_type(DsStack, "Id.DsStack", "a ds_stack")
    QueueArg = handle_type(DsQueue, "Id.DsQueue", "a ds_queue")
    GridArg = handle_type(DsGrid, "Id.DsGrid", "a ds_grid")
    PriorityArg = handle_type(DsPriority, "Id.DsPriority", "a ds_priority")


class Precision(GamePart):
    """How near two numbers of one game's data structures must be to count as the same."""

    def __init__(self, rt: Runtime) -> None:
        self.value = 1e-7


@chapter
def ds_exists(handles: Handles, ind: Value, type: Int) -> bool:
    """Whether a handle or index means a data structure of a type that has not been destroyed."""
    cls = KINDS.get(type)
    return cls is not None and handles.find(cls, ind) is not None


@chapter
def ds_set_precision(precision: Precision, prec: Real) -> None:
    """Sets how near two numbers must be to be the same for the functions that look for a value."""
    precision.value = prec


# ---------------------------------------------------------- values in structures


def same(wanted: Value, value: Value, precision: float) -> bool:
    """Whether a value is the one looked for: numbers within the precision, text exactly, the rest by identity."""
    if isinstance(wanted, (float, int)) and isinstance(value, (float, int)):
        return wanted == value or abs(wanted - value) < precision
    return wanted is value or (type(wanted) is str and type(value) is str and wanted == value)


def index_of(precision: Precision, values: Iterable[Value], wanted: Value) -> int:
    """Where a value stands first, -1 when it is not there."""
    allowed = precision.value
    return next((at for at, value in enumerate(values) if same(wanted, value, allowed)), -1)


def sorted_order(values: list[Value], ascending: bool) -> list[int]:
    """The positions of values in the order that sorting gives them; equal ones stay as they are."""
    types = set(map(type, values))
    if types == {str} or (types == {float} and not any(value != value for value in values)):
        plain: list[Any] = values  # all strings, or all reals
        return sorted(range(len(values)), key=plain.__getitem__, reverse=not ascending)
    ranks = [rank(value) for value in values]
    return sorted(range(len(values)), key=ranks.__getitem__, reverse=not ascending)


def rank(value: Value) -> tuple[int, float, str]:
    """Where a value stands among values of several types: undefined, then numbers, then text, then the rest."""
    if type(value) is str:
        number = parse_number(value)
        return (2, 0.0, value) if number is None else (1, number, "")
    if isinstance(value, (float, int)):
        return (1, float(value), "") if value == value else (0, 1.0, "")
    if isinstance(value, Handle):
        return 1, float(value.index), ""
    return (0, 0.0, "") if value is None else (3, 0.0, "")


def shuffled_order(random: Random, count: int) -> list[int]:
    """The positions 0 to COUNT - 1 in a random order, drawn from the game's generator."""
    places: list[Any] = list(range(count))
    random.shuffle(places)
    return places

"""A failed read of an array element: its exception goes in, the index and the array's length come out.

Emitted code reads `array[index]` with both in locals or constants, so that the bytecode before the failing
instruction tells which; nothing is kept for this while all goes well. Few instructions are looked at, from the
failing one backwards: a program may catch such errors in a loop.
"""

from __future__ import annotations

from opcode import opname

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Any


def failed_read(error: IndexError) -> tuple[int, int] | None:
    """The index that was asked for and the length of the array; None where they stood in no local."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None:
        return None
    index: float | None = None
    lengths: list[int] = []
    for value in recent_values(last):
        if index is None and type(value) in (int, float):
            index = value
        elif type(value) is list:
            lengths.append(len(value))
        if index is not None and lengths:
            found = next((length for length in lengths if length <= index), None)
            if found is not None:
                return int(index), found
            lengths.clear()
    return None


UNIT = 2
"""The bytes of an instruction: its opcode and its argument. A cache beside one is a unit whose opcode is 0."""


def recent_values(where: TracebackType) -> Iterator[Any]:
    """The constants and locals that were loaded or stored before an instruction, the last one first."""
    code, bytecode = where.tb_frame.f_code, where.tb_frame.f_code.co_code
    names, variables = (*code.co_varnames, *code.co_cellvars, *code.co_freevars), where.tb_frame.f_locals
    for at in range(where.tb_lasti - UNIT, -1, -UNIT):
        operation, argument = opname[bytecode[at]], whole_argument(bytecode, at)
        if operation == "LOAD_CONST":
            yield code.co_consts[argument]
        elif operation.startswith("STORE_FAST_LOAD_FAST"):
            yield variables.get(names[argument & 15])
        elif operation.count("LOAD_FAST") == 2:
            yield from (variables.get(names[place]) for place in (argument & 15, argument >> 4))
        elif operation.startswith(("LOAD_FAST", "LOAD_DEREF")) or operation == "STORE_FAST":
            yield variables.get(names[argument])


def whole_argument(bytecode: bytes, at: int) -> int:
    """The argument of an instruction, with what stands before it for its higher bytes."""
    argument, shift = bytecode[at + 1], 8
    while at >= UNIT and opname[bytecode[at - UNIT]] == "EXTENDED_ARG":
        at -= UNIT
        argument |= bytecode[at + 1] << shift
        shift += 8
    return argument

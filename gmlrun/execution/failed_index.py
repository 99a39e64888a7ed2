"""A failed read of an array element: its exception goes in, the index and the array's length come out.

Emitted code reads `array[index]` with both in locals or constants, so that the bytecode before the failing
instruction tells which; nothing is kept for this while all goes well.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any


def failed_read(error: IndexError) -> tuple[int, int] | None:
    """The index that was asked for and the length of the array; None where they stood in no local."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None:
        return None
    values = recent_values(last)
    index = next((value for value in values if type(value) in (int, float)), None)
    if index is None:
        return None
    length = next((len(value) for value in values if type(value) is list and len(value) <= index), None)
    return None if length is None else (int(index), length)


def recent_values(where: TracebackType) -> list[Any]:
    """The constants and locals that were loaded before an instruction, the last one first."""
    import dis

    found: list[Any] = []
    variables = where.tb_frame.f_locals
    for instruction in dis.get_instructions(where.tb_frame.f_code):
        if instruction.offset >= where.tb_lasti:
            break
        if instruction.opname == "LOAD_CONST":
            found.append(instruction.argval)
        elif instruction.opname.startswith(("LOAD_FAST", "LOAD_DEREF")):
            names = instruction.argval if isinstance(instruction.argval, tuple) else (instruction.argval,)
            found += [variables.get(name) for name in names]
    return found[::-1]

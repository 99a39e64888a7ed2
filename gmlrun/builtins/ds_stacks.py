"""The DS Stacks chapter. Manual: Data_Structures/DS_Stacks."""

from __future__ import annotations

from gmlrun.builtins.data_structures import StackArg
from gmlrun.builtins.ds_lists import write_items
from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.runtime import Runtime
from gmlrun.values import serialised
from gmlrun.values.containers import DsStack, Handles, destroy
from gmlrun.values.model import Value

chapter = Chapter("Data_Structures/DS_Stacks")


@chapter
def ds_stack_create(handles: Handles) -> Value:
    """Makes an empty stack and returns its handle."""
    return handles.add(DsStack())


@chapter
def ds_stack_destroy(rt: Runtime, handles: Handles, id: Value) -> None:
    """Destroys a stack; one already destroyed is passed over."""
    found = handles.find(DsStack, id)
    if found is not None:
        destroy(rt, found)


@chapter
def ds_stack_clear(id: StackArg) -> None:
    """Takes all values out."""
    id.items.clear()


@chapter
def ds_stack_copy(destination: StackArg, source: StackArg) -> None:
    """Makes a stack hold what another holds."""
    destination.items = list(source.items)


@chapter
def ds_stack_size(id: StackArg) -> Real:
    """How many values a stack has."""
    return len(id.items)


@chapter
def ds_stack_empty(id: StackArg) -> bool:
    """Whether a stack has no values."""
    return not id.items


@chapter
def ds_stack_push(id: StackArg, *vals: Value) -> None:
    """Puts one value or more on top; the last one ends uppermost."""
    id.items.extend(vals)


@chapter
def ds_stack_pop(id: StackArg) -> Value:
    """Takes the value on top off and returns it; undefined for an empty stack."""
    return id.items.pop() if id.items else None


@chapter
def ds_stack_top(id: StackArg) -> Value:
    """The value on top, undefined for an empty stack."""
    return id.items[-1] if id.items else None


@chapter
def ds_stack_write(id: StackArg) -> str:
    """The stack as a string that ds_stack_read takes."""
    return write_items(serialised.STACK, id.items)


@chapter
def ds_stack_read(id: StackArg, str: String, legacy: Value = False) -> None:
    """Fills a stack from a string of ds_stack_write; raises, changing nothing, for any other."""
    reader = serialised.StructureReader(str, serialised.STACK, "ds_stack_read")
    id.items = reader.values(reader.count())

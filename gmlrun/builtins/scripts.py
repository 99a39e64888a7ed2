"""Scripts as assets, and handles from text. Manual: Asset_Management/Scripts, Variable_Functions."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, String
from gmlrun.lean import pattern
from gmlrun.runtime import Runtime
from gmlrun.values.absent import STRUCT, failure
from gmlrun.values.containers import DsGrid, DsList, DsMap, DsQueue, DsStack, Handles
from gmlrun.values.model import Handle, Value, function_info
from gmlrun.values.priority import DsPriority

chapter = Chapter("Asset_Management/Scripts")
handles = Chapter("Variable_Functions")

LONGEST_LABEL = 255
"""Characters of an index, or of an asset's name."""
REFERENCE = pattern(r"ref ([a-z_ ]+?) (\S+)")
STRUCTURES: dict[str, type[Handle]] = {cls.word: cls for cls in (DsMap, DsList, DsGrid, DsQueue, DsStack, DsPriority)}


@chapter
def script_exists(rt: Runtime, scr: Value) -> bool:
    """Whether a value is a script function, or the index of one."""
    if isinstance(scr, (float, int)):
        return int(scr) in rt.script_indices if scr == scr and abs(scr) < 1e15 else False
    info = function_info(scr)
    return info is not None and info.script is not None


@chapter
def script_get_name(rt: Runtime, scr: Value) -> str:
    """The name of a script function; `<undefined>` when there is none."""
    function = rt.script_indices.get(scr) if isinstance(scr, (float, int)) else scr  # type: ignore[arg-type]
    info = function_info(function)
    return "<undefined>" if info is None else info.script or info.name


@handles
def handle_parse(rt: Runtime, handles: Handles, value_string: String) -> Value:
    """The handle that string() had made that text of; undefined when there is none now."""
    found = REFERENCE.fullmatch(value_string)
    if found is None:
        return None
    kind, label = found[1], found[2]
    if len(label) > LONGEST_LABEL:
        return None
    if kind in STRUCTURES and label.isdecimal():
        return handles.find(STRUCTURES[kind], float(label))
    if kind == "instance" and label.isdecimal():
        return instance_handle(rt, int(label))
    return rt.assets.get(label)


def instance_handle(rt: Runtime, number: int) -> Value:
    from gmlrun.engine.world import World

    found = rt.service(World).instance(float(number))
    return None if found is None else found.id


@handles
def ref_create(dbgrefOrStruct: Value, dbgrefOrIndex: Value, index: Value = None) -> Value:
    """A reference to a variable for the debug overlay, which a run without a screen does not have: a struct."""
    return failure(STRUCT)

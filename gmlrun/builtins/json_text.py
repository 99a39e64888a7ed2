"""JSON both ways: values, ds_maps and ds_lists go in, text comes out, and back.

Manual: File_Handling/Encoding_And_Hashing, Additional_Information/Guide_To_Using_JSON.
"""

from __future__ import annotations

from gmlrun.builtins.json_reading import Reviver, direct, raw, structure_of
from gmlrun.builtins.json_writing import JsonWriter, compact
from gmlrun.builtins.registry import Bool, Chapter, Function, String
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.containers import DsMap, Handles
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.builtins.json_reading import Filter

chapter = Chapter("File_Handling/Encoding_And_Hashing")


def map_of(rt: Runtime, text: str) -> Value:
    """A new ds_map from JSON, -1 when it is none; what is no object stands under the key `default`."""
    try:
        found = raw(text, rt.has_loose_json)
    except ValueError:
        return -1.0
    return structure_of(rt, found if type(found) is dict else {"default": found})


def text_of_map(rt: Runtime, map_: DsMap, pretty: bool = False) -> str:
    """A ds_map with what it owns as JSON."""
    return JsonWriter(rt, pretty).owned(map_, "map", 0)


# ------------------------------------------------------------------------- builtins


def filtered(rt: Runtime, function: Value, self: Value, other: Value) -> Filter | None:
    """A filter argument as a Python function of key and value."""
    if function is None:
        return None
    return lambda key, value: rt.call(function, self, other, key, value)


@chapter
def json_stringify(
    rt: Runtime,
    self: Value,
    other: Value,
    val: Value,
    pretty_print: Bool = False,
    filter_func: Function = None,  # type: ignore[assignment]
) -> str:
    """A value, with structs and arrays, as JSON.

    FILTER_FUNC(key, value) is called for each value before what is in it; what it returns is written. The
    outermost value has the key "". Functions in structs are left out.
    """
    found = compact(val) if filter_func is None and not pretty_print else None
    if found is not None:
        return found
    replaced = filtered(rt, filter_func, self, other)
    root = val if replaced is None else replaced("", val)
    return JsonWriter(rt, pretty_print, replaced).text(root)


@chapter
def json_parse(
    rt: Runtime,
    self: Value,
    other: Value,
    json: Value,
    filter_func: Function = None,  # type: ignore[assignment]
    inhibit_string_convert: Bool = False,
) -> Value:
    """The value that a JSON text means: objects become structs, null becomes undefined.

    FILTER_FUNC(key, value) is called for each value after what is in it; what it returns is kept. Raises
    for what is no JSON, and for more than 1000 levels.
    """
    if type(json) is not str:
        raise GmlError("json_parse: the argument is not a string")
    if filter_func is None:
        try:
            return direct(json)
        except ValueError:
            pass  # the other way finds out what is wrong, if anything is
    replaced = filtered(rt, filter_func, self, other)
    try:
        found = raw(json, rt.has_loose_json)
    except ValueError as error:
        raise GmlError(f"json_parse: JSON parse error: {error}") from None
    return Reviver(rt, not inhibit_string_convert, replaced).value("", found)


@chapter
def json_encode(rt: Runtime, handles: Handles, map: Value, prettify: Bool = False) -> str:
    """A ds_map as JSON, with the lists and maps that it owns."""
    return text_of_map(rt, handles.get(DsMap, map), prettify)


@chapter
def json_decode(rt: Runtime, string: String) -> Value:
    """A new ds_map from JSON, -1 when it is none.

    What is no object stands under the key "default"; inner lists and maps belong to the outer ones.
    """
    return map_of(rt, string)

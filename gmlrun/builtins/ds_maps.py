"""The DS Maps chapter. Manual: Data_Structures/DS_Maps."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import platform

from gmlrun.builtins.buffers import BufferArg
from gmlrun.builtins.data_structures import MapArg
from gmlrun.builtins.json_text import map_of, text_of_map
from gmlrun.builtins.registry import Array, Chapter, Real, String
from gmlrun.engine.files import FileArea
from gmlrun.runtime import Runtime
from gmlrun.values import serialised
from gmlrun.values.containers import DsMap, Handles, destroy, destroy_children, map_key
from gmlrun.values.data_types import STRING
from gmlrun.values.model import Value
from gmlrun.values.unicode import utf8

chapter = Chapter("Data_Structures/DS_Maps")


def find(rt: Runtime, value: Value) -> DsMap | None:
    """The map that a handle or index means, None for a destroyed one."""
    return rt.service(Handles).find(DsMap, value)


@chapter
def ds_map_create(handles: Handles) -> Value:
    """Makes an empty map and returns its handle."""
    return handles.add(DsMap())


@chapter
def ds_map_destroy(rt: Runtime, id: Value) -> None:
    """Destroys a map and the lists and maps that were added as such; one already destroyed is passed over."""
    found = find(rt, id)
    if found is not None:
        destroy(rt, found)


@chapter
def ds_map_clear(rt: Runtime, id: MapArg) -> None:
    """Takes all keys out; lists and maps that were added as such are destroyed."""
    destroy_children(rt, id)
    id.clear()


@chapter
def ds_map_copy(rt: Runtime, destination: MapArg, source: MapArg) -> None:
    """Makes a map hold what another holds; lists and maps in it belong to both."""
    if destination is not source:
        destroy_children(rt, destination)
        destination.clear()
        destination.data.update(source.data)
        destination.marks.update(source.marks)


@chapter
def ds_map_size(rt: Runtime, id: Value) -> Real:
    """How many keys a map has; 0 for a map that does not exist."""
    found = find(rt, id)
    return 0 if found is None else len(found.data)


@chapter
def ds_map_empty(rt: Runtime, id: Value) -> bool:
    """Whether a map has no keys."""
    found = find(rt, id)
    return found is None or not found.data


# ---------------------------------------------------------------- keys and values


def add(map_: DsMap, key: Value, value: Value, kind: str = "") -> bool:
    """Adds a key that is not there yet, marked with a kind of child; returns whether it was added."""
    if map_key(key) in map_.data:
        return False
    replace(map_, key, value, kind)
    return True


def replace(map_: DsMap, key: Value, value: Value, kind: str = "") -> bool:
    """Sets a key, marked with a kind of child; returns whether it was there already."""
    name = map_key(key)
    there = name in map_.data
    map_.set(key, value)
    if kind:
        map_.marks[name] = kind
    return there


@chapter
def ds_map_add(id: MapArg, key: Value, val: Value) -> bool:
    """Adds a key with a value; false, with nothing changed, when the key is there already."""
    return add(id, key, val)


@chapter
def ds_map_add_list(id: MapArg, key: Value, value: Value) -> bool:
    """Adds a list that the map owns from now on: it is written as JSON and destroyed with the map."""
    return add(id, key, value, "list")


@chapter
def ds_map_add_map(id: MapArg, key: Value, value: Value) -> bool:
    """Adds a map that this map owns from now on: it is written as JSON and destroyed with it."""
    return add(id, key, value, "map")


@chapter
def ds_map_set(id: MapArg, key: Value, value: Value) -> None:
    """Sets the value of a key, which is added if need be."""
    id.set(key, value)


@chapter
def ds_map_replace(id: MapArg, key: Value, val: Value) -> bool:
    """Sets the value of a key; returns whether the key was there before."""
    return replace(id, key, val)


@chapter
def ds_map_replace_list(id: MapArg, key: Value, value: Value) -> bool:
    """Sets a key to a list that the map owns from now on; returns whether the key was there before."""
    return replace(id, key, value, "list")


@chapter
def ds_map_replace_map(id: MapArg, key: Value, value: Value) -> bool:
    """Sets a key to a map that this map owns from now on; returns whether the key was there before."""
    return replace(id, key, value, "map")


@chapter
def ds_map_delete(id: MapArg, key: Value) -> None:
    """Takes a key out; a list or map under it lives on."""
    name = map_key(key)
    id.data.pop(name, None)
    id.marks.pop(name, None)


@chapter
def ds_map_exists(id: MapArg, key: Value) -> bool:
    """Whether a key is there."""
    return map_key(key) in id.data


@chapter
def ds_map_find_value(id: MapArg, key: Value) -> Value:
    """The value of a key, undefined when it is not there."""
    return id.get(key)


@chapter
def ds_map_is_list(id: MapArg, key: Value) -> bool:
    """Whether the value of a key was added as a list that the map owns."""
    return id.marks.get(map_key(key)) == "list"


@chapter
def ds_map_is_map(id: MapArg, key: Value) -> bool:
    """Whether the value of a key was added as a map that this map owns."""
    return id.marks.get(map_key(key)) == "map"


@chapter
def ds_map_keys_to_array(id: MapArg, array: Array = None) -> Value:  # type: ignore[assignment]
    """The keys as an array, or added to the end of a given one, which is returned."""
    made = [] if array is None else array
    made.extend(key for key, _ in id.data.values())
    return made


@chapter
def ds_map_values_to_array(id: MapArg, array: Array = None) -> Value:  # type: ignore[assignment]
    """The values as an array, or added to the end of a given one, which is returned."""
    made = [] if array is None else array
    made.extend(value for _, value in id.data.values())
    return made


# ------------------------------------------------------------------------ walking


def key_from(map_: DsMap, start: int, step: int) -> Value:
    """The first key that is still there, from a place in the walk on; undefined at the end."""
    keys = map_.keys()
    while 0 <= start < len(keys):
        if keys[start] in map_.data:
            return map_.data[keys[start]][0]
        start += step
    return None


def key_beside(map_: DsMap, key: Value, step: int) -> Value:
    """The key after or before a key, undefined for one that is not there."""
    name = map_key(key)
    if name not in map_.data:
        return None
    map_.keys()
    return key_from(map_, map_.places[name] + step, step)


@chapter
def ds_map_find_first(id: MapArg) -> Value:
    """The first key, undefined for an empty map."""
    keys = id.keys()
    while id.first < len(keys) and keys[id.first] not in id.data:
        id.first += 1
    return key_from(id, id.first, 1)


@chapter
def ds_map_find_last(id: MapArg) -> Value:
    """The last key, undefined for an empty map."""
    return next((key for key, _ in reversed(id.data.values())), None)


@chapter
def ds_map_find_next(id: MapArg, key: Value) -> Value:
    """The key after a key; undefined after the last one and for a key that is not there."""
    return key_beside(id, key, 1)


@chapter
def ds_map_find_previous(id: MapArg, key: Value) -> Value:
    """The key before a key; undefined before the first one and for a key that is not there."""
    return key_beside(id, key, -1)


# ---------------------------------------------------------------------- as string


@chapter
def ds_map_write(id: MapArg) -> str:
    """The map as a string that ds_map_read takes; lists and maps in it are written as their index."""
    pairs = [part for pair in id.data.values() for part in pair]
    return serialised.written((serialised.MAP, len(id.data)), pairs)


@chapter
def ds_map_read(rt: Runtime, id: MapArg, str: String, legacy: Value = False) -> None:
    """Fills a map from a string of ds_map_write; raises, changing nothing, for any other."""
    reader = serialised.StructureReader(str, serialised.MAP, "ds_map_read")
    pairs = [(reader.value(), reader.value()) for _ in range(reader.count())]
    destroy_children(rt, id)
    id.clear()
    for key, value in pairs:
        id.set(key, value)


# ------------------------------------------------------------- bound to the device


def signature(data: bytes) -> bytes:
    """The signature of data that was written on this device."""
    return hmac.digest(f"gmlrun {platform.node()}".encode(), data, "sha256")


def sealed(rt: Runtime, map_: DsMap) -> str:
    """A map as signed JSON in base64."""
    data = utf8(text_of_map(rt, map_))
    return base64.b64encode(signature(data) + data).decode("ascii")


def unsealed(rt: Runtime, text: str) -> Value:
    """The map of a text of `sealed`; -1 when it is not one of this device."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return -1.0
    size = hashlib.sha256().digest_size
    if not hmac.compare_digest(raw[:size], signature(raw[size:])):
        return -1.0
    return map_of(rt, raw[size:].decode("utf-8", "replace"))


@chapter
def ds_map_secure_save(rt: Runtime, file_area: FileArea, map: MapArg, filename: String) -> None:
    """Saves a map so that only this device loads it, and only unchanged."""
    file_area.save_whole(filename, sealed(rt, map).encode("ascii"))


@chapter
def ds_map_secure_load(rt: Runtime, file_area: FileArea, filename: String) -> Value:
    """A new map from a file of ds_map_secure_save; -1 when there is none, or not one of this device."""
    data = file_area.load_whole(filename)
    return -1.0 if data is None else unsealed(rt, data.decode("ascii", "replace"))


@chapter
def ds_map_secure_save_buffer(rt: Runtime, map: MapArg, buffer: BufferArg) -> Real:
    """Writes a map at the buffer's position so that only this device loads it; returns 0 or a buffer_error."""
    return buffer.write(STRING, sealed(rt, map))


@chapter
def ds_map_secure_load_buffer(rt: Runtime, buffer: BufferArg) -> Value:
    """A new map from what ds_map_secure_save_buffer wrote at the buffer's position; -1 if that is not there."""
    return unsealed(rt, str(buffer.read(STRING)))

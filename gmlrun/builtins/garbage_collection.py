"""Weak references, and the garbage collector's controls. Manual: Garbage_Collection."""

from __future__ import annotations

import gc
import weakref

from gmlrun.builtins.registry import Array, Bool, Chapter, Int, Real
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.lean import FunctionType, MethodType
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import to_int
from gmlrun.values.model import Handle, Struct, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

chapter = Chapter("Garbage_Collection")


class WeakRef(Struct):
    """A struct that knows another without keeping it; `ref` is that one while it exists, else undefined."""

    __gml_name__ = "weakref"

    @property
    def ref(self) -> Value:
        return vars(self)["__target__"]()


def is_alive(world: World, reference: Value) -> bool:
    """Whether what a weak reference points to still exists; raises GmlError for what is no weak reference."""
    if not isinstance(reference, WeakRef):
        raise GmlError("weak_ref_alive: the value is not a weak reference")
    target = reference.ref
    return target is not None and world.alive(target)


@chapter
def weak_ref_create(world: World, struct_to_track: Value) -> Value:
    """A struct that points to another struct, instance or method without keeping it in memory.

    Its variable `ref` is what it points to, or undefined when that is gone. Gives undefined for any other value.
    """
    target = struct_to_track
    if isinstance(target, Handle):
        target = world.instance(target)
    if not isinstance(target, (Struct, FunctionType, MethodType)):
        return None
    made = WeakRef()
    vars(made)["__target__"] = weakref.ref(target)
    return made


@chapter
def weak_ref_alive(world: World, weak_ref: Value) -> bool:
    """Whether what a weak reference points to still exists."""
    return is_alive(world, weak_ref)


@chapter
def weak_ref_any_alive(world: World, array: Array, index: Int = 0, length: Value = None) -> Value:
    """Whether any of an array's weak references, or of a part of it, points to something that exists.

    A part that begins before the array is cut by what is outside; undefined for a part with nothing in it.
    """
    count = len(array) if length is None else to_int(length)
    part = array[max(0, index) : max(0, index + count)]
    return any(is_alive(world, reference) for reference in part) if part else None


class Controls(GamePart):
    """A program's settings for the collector; Python's own collector continues by itself."""

    def __init__(self, rt: Runtime) -> None:
        self.is_enabled = True
        self.frame_time = 100.0
        self.passes = 0.0


@chapter
def gc_collect(controls: Controls) -> None:
    """Frees what nothing refers to any more."""
    controls.passes += 1
    gc.collect()


@chapter
def gc_enable(controls: Controls, enable: Bool) -> None:
    """Notes whether the collector is wanted; it runs in any case."""
    controls.is_enabled = enable


@chapter
def gc_is_enabled(controls: Controls) -> bool:
    """Whether the collector is wanted."""
    return controls.is_enabled


@chapter
def gc_target_frame_time(controls: Controls, time: Real) -> None:
    """Notes how many microseconds a frame the collector may take."""
    controls.frame_time = time


@chapter
def gc_get_target_frame_time(controls: Controls) -> float:
    """How many microseconds a frame the collector may take."""
    return controls.frame_time


@chapter
def gc_get_stats(controls: Controls) -> Value:
    """A struct that tells what the collector did; the counts that Python does not keep are 0."""
    made: Any = Struct()
    made.objects_touched = float(sum(gc.get_count()))
    made.objects_collected = made.traversal_time = made.collection_time = 0.0
    made.gc_frame = controls.passes
    made.generation_collected = float(len(gc.get_threshold()) - 1)
    made.num_generations = float(len(gc.get_threshold()))
    made.num_objects_in_generation = [float(count) for count in gc.get_count()]
    return made

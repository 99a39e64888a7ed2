"""Sequences: their structs, and those that are played on layers. Manual: Asset_Management/Sequences."""

from __future__ import annotations

from gmlrun.builtins.elements import element_of, sequences
from gmlrun.builtins.layers import layer_of
from gmlrun.builtins.registry import Chapter, Int, Real
from gmlrun.engine.elements import NOWHERE, Elements
from gmlrun.engine.rooms import Rooms
from gmlrun.engine.sequence_actors import actor_of
from gmlrun.engine.sequence_structs import INSTANCE_TRACK, Keyframe, KeyframeData, SequenceObject, Track
from gmlrun.engine.sequences import SequenceElement, SequenceInstance, Sequences
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

chapter = Chapter("Asset_Management/Sequences")

TYPES = {
    "graphic": 1, "audio": 2, "real": 3, "colour": 4, "color": 4, "bool": 5, "string": 6, "sequence": 7, "clipmask": 8,
    "clipmask_mask": 9, "clipmask_subject": 10, "group": 11, "empty": 12, "spriteframes": 13, "instance": 14,
    "message": 15, "moment": 16, "text": 17, "particlesystem": 18, "audioeffect": 19,
}  # fmt: skip
CONSTANTS: dict[str, float] = {
    **{f"seqtracktype_{name}": float(number) for name, number in TYPES.items()},
    "seqplay_oneshot": 0.0,
    "seqplay_loop": 1.0,
    "seqplay_pingpong": 2.0,
    "seqdir_right": 1.0,
    "seqdir_left": -1.0,
    "seqinterpolation_assign": 0.0,
    "seqinterpolation_lerp": 1.0,
    "seqaudiokey_loop": 0.0,
    "seqaudiokey_oneshot": 1.0,
}


@chapter
def sequence_create(rt: Runtime) -> Value:
    """Makes a sequence without tracks."""
    return SequenceObject()


@chapter
def sequence_destroy(found: Sequences, sequence_struct: Value) -> None:
    """Takes a sequence off all layers that play it."""
    gone = found.find(sequence_struct)
    for element in list(found.playing):
        if element.instance.sequence is gone:
            found.elements.destroy(element)


@chapter
def sequence_exists(sequences: Sequences, sequence_struct_or_id: Value) -> bool:
    """Whether there is such a sequence."""
    return sequences.find(sequence_struct_or_id) is not None


@chapter
def sequence_get(sequences: Sequences, sequence_index: Value) -> Value:
    """The struct of a sequence asset; -1 when there is no such asset."""
    found = sequences.find(sequence_index)
    return NOWHERE if found is None else found


@chapter
def sequence_get_objects(sequences: Sequences, sequence_struct_or_id: Value) -> list[Value]:
    """An array of the objects that a sequence has instances of."""
    found: dict[Value, None] = {}
    pending = list(sequences.get(sequence_struct_or_id).tracks)
    while pending:
        track = pending.pop(0)
        pending += track.tracks
        channels = [one for key in track.keyframes for one in key.channels] if track.type == INSTANCE_TRACK else []
        found |= dict.fromkeys(one.objectIndex for one in channels if hasattr(one, "objectIndex"))
    return list(found)


@chapter
def sequence_track_new(rt: Runtime, type: Int) -> Value:
    """Makes a track of a type."""
    made = Track()
    made.type = float(type)
    return made


@chapter
def sequence_keyframe_new(rt: Runtime, type: Int) -> Value:
    """Makes a keyframe for a track of a type."""
    return Keyframe()


@chapter
def sequence_keyframedata_new(rt: Runtime, type: Int) -> Value:
    """Makes the data of a keyframe for a track of a type."""
    made: Any = KeyframeData()
    made.channel = 0.0
    return made


@chapter
def sequence_instance_override_object(
    rt: Runtime, sequence_instance: Value, object_id: Value, instance_or_object_id: Value
) -> None:
    """Makes a sequence show another object, or an instance first, in place of an object; before it plays."""
    if not isinstance(sequence_instance, SequenceInstance):
        raise GmlError(f"expected the instance of a sequence, got {quoted(sequence_instance)}")
    world = rt.service(World)
    wanted, by = world.object_of(object_id), actor_of(world, instance_or_object_id)
    if wanted is not None and by is not None:
        sequence_instance.elementID.actors.replace(sequence_instance, wanted, by)


# ---------------------------------------------------------------------- on layers


def played(elements: Elements, value: Value) -> SequenceInstance | None:
    """The instance of a sequence on a layer."""
    found = element_of(elements, value, "sequence")
    return found.instance if isinstance(found, SequenceElement) else None


@sequences
def layer_sequence_create(rt: Runtime, layer_id: Value, x: Real, y: Real, sequence: Value) -> Value:
    """Puts a sequence on a layer and plays it; -1 when there is no such layer."""
    layer, wanted = layer_of(rt.service(Rooms), layer_id), rt.service(Sequences).get(sequence)
    if layer is None:
        return NOWHERE
    return rt.service(Sequences).play(layer, {"x": x, "y": y, "sequence": wanted})


@sequences
def layer_sequence_get_instance(rt: Runtime, sequence_element_id: Value) -> Value:
    """The struct of a sequence that is played; -1 when there is no such element."""
    found = played(rt.service(Elements), sequence_element_id)
    return NOWHERE if found is None else found


@sequences
def layer_sequence_get_sequence(rt: Runtime, sequence_element_id: Value) -> Value:
    """The struct of the sequence that an element plays; -1 when there is no such element."""
    found = played(rt.service(Elements), sequence_element_id)
    return NOWHERE if found is None else found.sequence


@sequences
def layer_sequence_get_length(rt: Runtime, sequence_element_id: Value) -> Value:
    """How many frames the sequence has that an element plays; -1 when there is no such element."""
    found = played(rt.service(Elements), sequence_element_id)
    return NOWHERE if found is None else found.sequence.length


@sequences
def layer_sequence_play(rt: Runtime, sequence_element_id: Value) -> None:
    """Goes on playing a sequence."""
    found = played(rt.service(Elements), sequence_element_id)
    if found is not None:
        found.__paused__ = False


@sequences
def layer_sequence_pause(rt: Runtime, sequence_element_id: Value) -> None:
    """Stops a sequence where it is."""
    found = played(rt.service(Elements), sequence_element_id)
    if found is not None:
        found.__paused__ = True


@sequences
def layer_sequence_is_paused(rt: Runtime, sequence_element_id: Value) -> bool:
    """Whether a sequence has been paused."""
    found = played(rt.service(Elements), sequence_element_id)
    return found is not None and found.paused


@sequences
def layer_sequence_is_finished(rt: Runtime, sequence_element_id: Value) -> bool:
    """Whether a sequence has come to its end."""
    found = played(rt.service(Elements), sequence_element_id)
    return found is not None and found.finished


@sequences
def layer_sequence_headpos(rt: Runtime, sequence_element_id: Value, position: Real) -> None:
    """Moves the playhead of a sequence."""
    found = played(rt.service(Elements), sequence_element_id)
    if found is not None:
        found.headPosition = position


@sequences
def layer_sequence_get_headpos(rt: Runtime, sequence_element_id: Value) -> Value:
    """Where the playhead of a sequence is, in frames; -1 when there is no such element."""
    found = played(rt.service(Elements), sequence_element_id)
    return NOWHERE if found is None else found.headPosition


@sequences
def layer_sequence_headdir(rt: Runtime, sequence_element_id: Value, direction: Real) -> None:
    """Sets which way the playhead of a sequence goes."""
    found = played(rt.service(Elements), sequence_element_id)
    if found is not None:
        found.headDirection = direction


@sequences
def layer_sequence_get_headdir(rt: Runtime, sequence_element_id: Value) -> Value:
    """The direction of the playhead of a sequence; -1 for backwards, and when there is no such element."""
    found = played(rt.service(Elements), sequence_element_id)
    return NOWHERE if found is None else found.headDirection


@sequences
def layer_sequence_speedscale(rt: Runtime, sequence_element_id: Value, speedscale: Real) -> None:
    """Sets how many times as fast as usual a sequence is played."""
    found = played(rt.service(Elements), sequence_element_id)
    if found is not None:
        found.speedScale = speedscale


@sequences
def layer_sequence_get_speedscale(rt: Runtime, sequence_element_id: Value) -> Value:
    """How many times as fast as usual a sequence is played; -1 when there is no such element."""
    found = played(rt.service(Elements), sequence_element_id)
    return NOWHERE if found is None else found.speedScale

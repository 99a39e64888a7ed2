"""Animation: the speed of sprites goes in, instances show their next pictures, and get Animation End events.

Manual: Asset_Management/Sprites/Sprite_Instance_Variables; The_Asset_Editors/Object_Properties/Other_Events.
"""

from __future__ import annotations

from gmlrun.engine.elements import Elements
from gmlrun.engine.events import ANIMATION_END, OTHER
from gmlrun.engine.sequence_events import broadcast, stretches
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmlrun.engine.instances import Instance
    from gmlrun.engine.sequences import Sequences
    from gmlrun.engine.world import World
    from gmlrun.runtime import Runtime
    from gmlrun.space.sprites import SpriteFacts

END = (OTHER, ANIMATION_END)


def animate(world: World, frames_a_second: float) -> list[tuple[Instance, str]]:
    """Moves the pictures of all instances on; whose last one is over begins again, with an event.

    Returns what sprites broadcast, and the instances that show them.
    """
    said: list[tuple[Instance, str]] = []
    living = [one for one in world.instances.values() if not one.__away__]
    ended = [one for one in living if advance(world, one, frames_a_second, said)]
    for one in ended:
        if not one.__away__:
            world.dispatch.guard(world.dispatch.perform, one, END)
    return said


def advance(world: World, one: Instance, frames_a_second: float, said: list[tuple[Instance, str]]) -> bool:
    """Moves the picture of an instance on; returns whether that was over its last or its first one.

    Without a sprite the number grows all the same, by `image_speed`, and nothing is ever over.
    """
    speed = one.image_speed
    sprite = world.sprites.find(one.sprite_index) if speed else None
    if sprite is None or not sprite.facts.frames:
        if speed:
            one.image_index = number_in(one, "image_index") + number_in(one, "image_speed")
        return False
    facts = sprite.facts
    step = number_in(one, "image_speed") * facts.speed
    before = number_in(one, "image_index")
    raw = index = before + (step / frames_a_second if facts.is_per_second else step)
    is_over = not 0 <= index < facts.frames
    if is_over:
        index += facts.frames if index < 0 else -facts.frames
    one.image_index = index
    if facts.messages:
        said += [(one, text) for text in messages_passed(facts, before, raw, index)]
    return is_over


def messages_passed(facts: SpriteFacts, before: float, raw: float, index: float) -> Iterator[str]:
    """The texts of the frames that a picture has reached, in its order."""
    for stretch in stretches(before, raw, index, float(facts.frames), False, False):
        keys = [key for key in facts.messages if stretch.holds(key[0])]
        for _, texts in sorted(keys, reverse=stretch.end < stretch.start):
            yield from texts


def broadcast_messages(rt: Runtime, sequences: Sequences | None, said: list[tuple[Instance, str]]) -> None:
    """Broadcasts what sprites say, with the element of the instance that shows each."""
    elements = rt.service(Elements)
    for one, text in said:
        if not one.__dead__:
            broadcast(rt, sequences, "sprite event", elements.of_instance(one), text)

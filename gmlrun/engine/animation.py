"""Animation: the speed of sprites goes in, instances show their next pictures, and get Animation End events.

Manual: Asset_Management/Sprites/Sprite_Instance_Variables; The_Asset_Editors/Object_Properties/Other_Events.
"""

from __future__ import annotations

from gmlrun.engine.events import ANIMATION_END, OTHER
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.engine.instances import Instance
    from gmlrun.engine.world import World

END = (OTHER, ANIMATION_END)


def animate(world: World, frames_a_second: float) -> None:
    """Moves the pictures of all instances on; whose last one is over begins anew, with an event."""
    ended = [one for one in world.instances.values() if not one.__away__ and advance(world, one, frames_a_second)]
    for one in ended:
        if not one.__away__:
            world.dispatch.guard(world.dispatch.perform, one, END)


def advance(world: World, one: Instance, frames_a_second: float) -> bool:
    """Moves the picture of an instance on; whether that was over its last or its first one."""
    speed = one.image_speed
    sprite = world.sprites.find(one.sprite_index) if speed else None
    if sprite is None or not sprite.facts.frames:
        return False
    facts = sprite.facts
    step = number_in(one, "image_speed") * facts.speed
    index = number_in(one, "image_index") + (step / frames_a_second if facts.is_per_second else step)
    is_over = not 0 <= index < facts.frames
    if is_over:
        index += facts.frames if index < 0 else -facts.frames
    one.image_index = index
    return is_over

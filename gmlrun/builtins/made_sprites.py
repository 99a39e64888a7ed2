"""Sprites that a program makes: copies, pictures of files. Manual: Asset_Management/Sprites/Sprite_Manipulation."""

from __future__ import annotations

import base64
import binascii

from gmlrun.builtins.encoding import contents
from gmlrun.builtins.registry import Bool, Chapter, Int, Real, String
from gmlrun.builtins.sprites import AUTOMATIC, box_by_mode, change
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.space.index import Space
from gmlrun.space.sprites import Sprite, SpriteFacts
from gmlrun.values.model import Value

chapter = Chapter("Asset_Management/Sprites/Sprite_Manipulation")

NO_SPRITE = -1.0
NO_PILLOW = "{} needs Pillow to read pictures (pip install 'gmlrun[masks]'): nothing is loaded"


@chapter
def sprite_duplicate(rt: Runtime, world: World, index: Value) -> Value:
    """A new sprite that is a copy of another one; -1 when there is no such sprite."""
    found = world.sprites.find(index)
    return NO_SPRITE if found is None else world.sprites.add(found.facts, rt)


@chapter
def sprite_assign(rt: Runtime, world: World, index: Value, sprite: Value) -> None:
    """Gives a sprite that the program has made the pictures and the mask of another one."""
    source = world.sprites.find(sprite)
    if source is not None:
        put(rt, made_by_program(world, index, "sprite_assign"), source.facts)


@chapter
def sprite_merge(rt: Runtime, world: World, ind1: Value, ind2: Value) -> None:
    """Adds the frames of a sprite to those of another one that the program has made."""
    more = world.sprites.find(ind2)
    target = made_by_program(world, ind1, "sprite_merge")
    if more is not None:
        facts, pictures = target.facts, (*target.facts.pictures, *more.facts.pictures)
        put(rt, target, facts._replace(frames=facts.frames + more.facts.frames, pictures=pictures))


@chapter
def sprite_delete(space: Space, world: World, index: Value) -> bool:
    """Deletes a sprite that the program has made; returns whether there was one."""
    found = world.sprites.find(index)
    if found is None:
        return False
    if not found.is_made:
        raise GmlError(f"sprite_delete: {found.name} belongs to the project, which keeps it")
    found.is_gone = True
    space.forget()
    return True


@chapter
def sprite_add(
    rt: Runtime, world: World, fname: String, imgnum: Int, removeback: Bool, smooth: Bool, xorig: Real, yorig: Real
) -> Value:
    """Makes a sprite from a file or a data URL with a strip of IMGNUMB frames; -1 when it cannot be read."""
    facts = facts_of_strip(rt, "sprite_add", fname, imgnum, removeback, xorig, yorig)
    if facts is None:
        return NO_SPRITE
    made = world.sprites.add(facts, rt)
    change(rt, made, **box_by_mode(made, AUTOMATIC, 0.0))
    return made


@chapter
def sprite_replace(
    rt: Runtime,
    world: World,
    ind: Value,
    fname: String,
    imgnumb: Int,
    removeback: Bool,
    smooth: Bool,
    xorig: Real,
    yorig: Real,
) -> None:
    """Gives a sprite the frames of a file, or of a data URL; it stays as it is when that cannot be read."""
    found = world.sprites.find(ind)
    facts = facts_of_strip(rt, "sprite_replace", fname, imgnumb, removeback, xorig, yorig)
    if found is not None and facts is not None:
        put(rt, found, facts)
        change(rt, found, **box_by_mode(found, AUTOMATIC, 0.0))


def put(rt: Runtime, sprite: Sprite, facts: SpriteFacts) -> None:
    """Gives a sprite other facts, and all masks with it other shapes."""
    sprite.replace(facts)
    rt.service(Space).forget()


def made_by_program(world: World, index: Value, function: str) -> Sprite:
    """A sprite that is not one of the project's; raises GmlError."""
    found = world.sprites.find(index)
    if found is None or not found.is_made:
        raise GmlError(f"{function} changes only sprites that the program has made (sprite_add, sprite_duplicate)")
    return found


def facts_of_strip(
    rt: Runtime, function: str, name: str, count: int, removeback: bool, xorig: float, yorig: float
) -> SpriteFacts | None:
    """The facts of a sprite whose frames stand side by side in a picture; None, with a line in the log, without one."""
    data = data_of(rt, name)
    if data is None:
        return None
    from gmlrun.space.pixels import strip_frames

    count = max(1, count)
    try:
        width, height, frames = strip_frames(data, count, removeback)
    except ImportError:
        rt.warn_once(f"{function} pillow", NO_PILLOW.format(function))
        return None
    except (OSError, ValueError, SyntaxError) as error:
        rt.log(f"{function}: {name[:80]}: {error}")
        return None
    return SpriteFacts(width, height, xorig, yorig, 0.0, 0.0, width - 1, height - 1, frames=count, pictures=frames)


def data_of(rt: Runtime, name: str) -> bytes | None:
    """The bytes of a file or of a data URL; None, with a line in the log, when there are none."""
    if not name.startswith("data:"):
        return contents(rt, name)
    try:
        return base64.b64decode(name.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        rt.log("the data URL of a sprite is no base64")
        return None

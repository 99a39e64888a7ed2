"""What a sprite is, without its pictures. Manual: Asset_Management/Sprites/Sprite_Information."""

from __future__ import annotations

from typing import Any

from gmlrun.builtins.registry import Chapter
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.sprites import SpriteFacts
from gmlrun.runtime.world import World

chapter = Chapter("Asset_Management/Sprites/Sprite_Information")


def facts_of(rt: Runtime, index: Any) -> SpriteFacts:
    """A sprite's facts; those of an empty one when there is no such sprite."""
    found = rt.service(World).sprites.find(index)
    return SpriteFacts() if found is None else found.facts


@chapter
def sprite_exists(rt: Runtime, ind: Any) -> bool:
    """Whether there is such a sprite."""
    return rt.service(World).sprites.find(ind) is not None


@chapter
def sprite_get_name(rt: Runtime, ind: Any) -> str:
    """A sprite's name; `<undefined>` when there is no such sprite."""
    found = rt.service(World).sprites.find(ind)
    return "<undefined>" if found is None else found.name


@chapter
def sprite_get_width(rt: Runtime, ind: Any) -> float:
    """A sprite's width, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).width


@chapter
def sprite_get_height(rt: Runtime, ind: Any) -> float:
    """A sprite's height, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).height


@chapter
def sprite_get_xoffset(rt: Runtime, ind: Any) -> float:
    """A sprite's horizontal origin, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).xorigin


@chapter
def sprite_get_yoffset(rt: Runtime, ind: Any) -> float:
    """A sprite's vertical origin, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).yorigin


@chapter
def sprite_get_bbox_left(rt: Runtime, ind: Any) -> float:
    """A sprite's mask's first column, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).left


@chapter
def sprite_get_bbox_top(rt: Runtime, ind: Any) -> float:
    """A sprite's mask's first row, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).top


@chapter
def sprite_get_bbox_right(rt: Runtime, ind: Any) -> float:
    """A sprite's mask's last column, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).right


@chapter
def sprite_get_bbox_bottom(rt: Runtime, ind: Any) -> float:
    """A sprite's mask's last row, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).bottom


@chapter
def sprite_get_number(rt: Runtime, ind: Any) -> float:
    """A sprite's number of frames; 0 when there is no such sprite."""
    return float(facts_of(rt, ind).frames)

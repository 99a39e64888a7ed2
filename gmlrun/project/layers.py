"""Layers and tilesets of `.yy` files: what a room's file says of a layer goes in, a plan of it comes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from gmlrun.engine.elements import STORED, ElementPlan, TilesetFacts
from gmlrun.engine.rooms import LayerPlan
from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts
from gmlrun.project.yy import Facts

NameOf = Callable[[Any, str], str]
"""The name of the resource that an entry refers to."""
MOST_TILES = 1 << 24
"""Cells that a tilemap of a file has at most."""


def layer_plan(facts: Facts, name_of: NameOf) -> LayerPlan:
    """A layer of a room with what lies on it, instances apart."""
    kind = yy.text(facts, "resourceType") or yy.text(facts, "modelName") or yy.text(facts, "__type").partition("_")[0]
    elements = {"GMRTileLayer": tiles, "GMRBackgroundLayer": background, "GMRAssetLayer": assets}.get(kind)
    return LayerPlan(
        yy.text(facts, "name"),
        yy.number(facts, "depth"),
        bool(facts.get("visible", True)),
        yy.number(facts, "x"),
        yy.number(facts, "y"),
        yy.number(facts, "hspeed"),
        yy.number(facts, "vspeed"),
        [] if elements is None else elements(facts, name_of),
    )


# ----------------------------------------------------------------------- tiles


def tiles(facts: Facts, name_of: NameOf) -> list[ElementPlan]:
    """The tilemap of a tile layer."""
    stored = yy.section(facts, "tiles")
    size = yy.number(stored, "SerialiseWidth"), yy.number(stored, "SerialiseHeight")
    values = {
        "x": 0.0,
        "y": 0.0,
        "tileset": name_of(facts, "tilesetId"),
        "width": size[0],
        "height": size[1],
        "cells": partial(cells, stored, int(min(size[0] * size[1], MOST_TILES))),
    }
    return [ElementPlan("tilemap", yy.text(facts, "name"), values)]


def cells(stored: Facts, count: int) -> list[int]:
    """The tiles of a map, row by row, as they are at run time."""
    packed = stored.get("TileCompressedData")
    numbers = yy.listed(stored, "TileSerialiseData") or yy.listed(stored, "SerialiseData")
    found = unpacked(packed, count) if isinstance(packed, list) else whole_numbers(numbers)
    return [0 if tile & ~STORED else tile for tile in found[:count]]


def unpacked(packed: Sequence[object], count: int) -> list[int]:
    """Runs of tiles: -N and a tile stand for N of it, N and N tiles for these."""
    found: list[int] = []
    numbers, at = whole_numbers(packed), 0
    while at + 1 < len(numbers) and len(found) < count:
        length = numbers[at]
        if length < 0:
            found += [numbers[at + 1]] * min(-length, count - len(found))
            at += 2
        else:
            found += numbers[at + 1 : at + 1 + length]
            at += 1 + length
    return found


def whole_numbers(values: Any) -> list[int]:
    """The values of a list of numbers; what is none counts as no tile."""
    return [int(yy.plausible(value)) for value in values]


def tileset_facts(collector: ProjectParts, name: str, path: str) -> TilesetFacts | None:
    """The facts of a tileset; None for a file that cannot be read."""
    facts = yy.read_yy(collector, path, f"the tileset {name}")
    if facts is None:
        return None
    return TilesetFacts(
        yy.number(facts, "tileWidth", yy.number(facts, "tilewidth", 16.0)),
        yy.number(facts, "tileHeight", yy.number(facts, "tileheight", 16.0)),
        int(yy.number(facts, "tile_count")),
        int(yy.number(facts, "out_columns")),
        yy.name_of(facts, "spriteId") if isinstance(facts.get("spriteId"), dict) else "",
        yy.number(facts, "tileAnimationSpeed", 15.0),
        {int(tiles[0]): tiles for tiles in animations(facts)},
        (yy.number(facts, "tilehsep"), yy.number(facts, "tilevsep")),
        (yy.number(facts, "tilexoff"), yy.number(facts, "tileyoff")),
    )


def animations(facts: Facts) -> list[list[int]]:
    """The tiles of each animation of a tileset."""
    found = [whole_numbers(yy.listed(entry, "frames")) for entry in yy.items(facts, "tileAnimationFrames")]
    return [tiles for tiles in found if tiles]


# --------------------------------------------------------------- other elements


def background(facts: Facts, name_of: NameOf) -> list[ElementPlan]:
    """The background of a background layer."""
    values = {
        "sprite": name_of(facts, "spriteId"),
        "htiled": bool(facts.get("htiled")),
        "vtiled": bool(facts.get("vtiled")),
        "stretch": bool(facts.get("stretch")),
        "speed": yy.number(facts, "animationFPS", 1.0),
        **colour(facts),
    }
    return [ElementPlan("background", yy.text(facts, "name"), values)]


def colour(facts: Facts) -> dict[str, float]:
    """The blend and alpha of an entry's colour, which has the alpha in its highest byte."""
    given = facts.get("colour", 0xFFFFFFFF)
    given = given.get("Value", 0xFFFFFFFF) if isinstance(given, dict) else given
    value = int(yy.plausible(given, 0xFFFFFFFF))
    return {"blend": float(value & 0xFFFFFF), "alpha": (value >> 24 & 0xFF) / 255}


def assets(facts: Facts, name_of: NameOf) -> list[ElementPlan]:
    """The sprites, sequences and old tiles of an asset layer."""
    found = [asset(entry, name_of) for entry in yy.items(facts, "assets") if not entry.get("ignore")]
    return [plan for plan in found if plan is not None]


def asset(facts: Facts, name_of: NameOf) -> ElementPlan | None:
    """An element of an asset layer; None for one of a kind that gmlrun has no use for."""
    kind = yy.text(facts, "resourceType") or yy.text(facts, "modelName") or yy.text(facts, "__type").partition("_")[0]
    placed = {
        "x": yy.number(facts, "x"),
        "y": yy.number(facts, "y"),
        "xscale": yy.number(facts, "scaleX", 1.0),
        "yscale": yy.number(facts, "scaleY", 1.0),
        **colour(facts),
    }
    name, angle = yy.text(facts, "name"), yy.number(facts, "rotation")
    if kind == "GMRSpriteGraphic":
        sprite = {"sprite": name_of(facts, "spriteId"), "index": yy.number(facts, "headPosition")}
        speed = {"speed": yy.number(facts, "animationSpeed", 1.0), "angle": angle}
        return ElementPlan("sprite", name, {**placed, **sprite, **speed})
    if kind == "GMRSequenceGraphic":
        sequence = {"sequence": name_of(facts, "sequenceId"), "headpos": yy.number(facts, "headPosition")}
        return ElementPlan("sequence", name, {**placed, **sequence, "angle": angle})
    if kind == "GMRGraphic":
        return ElementPlan("tile", name, {**placed, "sprite": name_of(facts, "spriteId"), **part_shown(facts)})
    return None


def part_shown(facts: Facts) -> Facts:
    """The part of its picture that a tile of 1.4 shows, and the scale that makes it as large as it is."""
    left, right, top, bottom = (yy.number(facts, edge) for edge in ("u0", "u1", "v0", "v1"))
    wide, high = right - left, bottom - top
    scale = (yy.number(facts, "w", wide) / wide if wide else 1.0, yy.number(facts, "h", high) / high if high else 1.0)
    return {"region": (left, top, wide, high), "xscale": scale[0], "yscale": scale[1]}

"""Masks and their index, held against brute force: every instance, every pixel."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator

import pytest

from gmlrun.builtins.collision_checks import met_at, met_in
from gmlrun.engine.instances import Instance
from gmlrun.engine.world import World
from gmlrun.language import ALL
from gmlrun.runtime import Runtime
from gmlrun.space.figures import near_ellipse, placed, separated, turned, within
from gmlrun.space.index import Space
from gmlrun.space.masks import Mask, mask_at, mask_of
from gmlrun.space.overlaps import (
    has_pixel,
    masks_meet,
    meets_ellipse,
    meets_line,
    meets_point,
    meets_rectangle,
    row_of,
)
from gmlrun.space.sprites import DIAMOND, ELLIPSE, RECTANGLE, ROTATED_RECTANGLE, Sprite, SpriteFacts

KINDS = (RECTANGLE, ELLIPSE, DIAMOND, ROTATED_RECTANGLE)


def world_with(facts: list[SpriteFacts], is_compatible: bool = False) -> World:
    """A world with three objects and these sprites."""
    rt = Runtime(log=lambda line: None)
    world = rt.service(World)
    world.sprites.is_compatible = is_compatible
    for index, one in enumerate(facts):
        world.sprites.all.append(Sprite(index, f"spr_{index}", lambda one=one: one, rt))  # type: ignore[misc]
    world.define_object("ball")
    world.define_object("wall")
    world.define_object("child", "wall")
    return world


def sprite_of(kind: int, width: int = 16, height: int = 12) -> SpriteFacts:
    return SpriteFacts(width, height, 5, 3, 1, 1, width - 2, height - 1, kind, 1)


def change(dice: random.Random, one: Instance) -> None:
    """Gives an instance another place and another look."""
    one.x, one.y = dice.uniform(-300, 300), dice.uniform(-300, 300)
    one.sprite_index = float(dice.randrange(4))
    one.image_xscale, one.image_yscale = dice.uniform(-4, 4), dice.choice([0.3, 1.0, 1.0, dice.uniform(1, 30)])
    one.image_angle = dice.choice([0.0, 0.0, 90.0, dice.uniform(0, 360)])


def masks_by_force(world: World, names: tuple[str, ...]) -> Iterator[Mask]:
    for name in names:
        for one in world.by_name[name].instances.values():
            mask = None if one.__away__ else mask_at(one)
            if mask is not None:
                yield mask


@pytest.mark.parametrize("is_compatible", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_index_finds_what_brute_force_finds(seed: int, is_compatible: bool) -> None:
    dice = random.Random(seed)
    world = world_with([sprite_of(kind) for kind in KINDS], is_compatible)
    kinds = [world.by_name[name] for name in ("ball", "wall", "child")]
    targets = {"ball": ("ball",), "wall": ("wall", "child"), "all": ("ball", "wall", "child")}
    for _ in range(60):
        change(dice, world.create(dice.choice(kinds)))
    found_any, aside = 0, list[Instance]()
    for _ in range(250):
        there = list(world.instances.values())
        for one in dice.sample(there, 3):
            change(dice, one)
        action = dice.random()
        if action < 0.05:
            world.destroy(dice.choice(there))
        elif action < 0.1:
            change(dice, world.create(dice.choice(kinds)))
        elif action < 0.15:
            world.set_active([dice.choice(there)], dice.random() < 0.7)
        elif action < 0.2:
            world.change(dice.choice(there), dice.choice(kinds))
        elif action < 0.25 and not aside:
            aside = dice.sample(there, 5)
            world.set_aside(aside)
        elif action < 0.35 and aside:
            world.bring_back(aside)
            aside = []
        name = dice.choice(list(targets))
        target = ALL if name == "all" else world.by_name[name]
        me, x, y = dice.choice(list(world.instances.values())), dice.uniform(-300, 300), dice.uniform(-300, 300)
        mine = mask_of(me, x, y)
        expected = {
            mask.instance
            for mask in masks_by_force(world, targets[name])
            if mine is not None and mask.instance is not me and masks_meet(mine, mask, is_compatible)
        }
        assert set(met_at(world.rt, me, me, x, y, target)) == expected
        figure: tuple[float, ...] = (x, y, x + dice.uniform(-90, 90), y + dice.uniform(-90, 90))
        meets: Callable[..., bool] = dice.choice([meets_point, meets_rectangle, meets_line, meets_ellipse])
        figure, prec = figure[:2] if meets is meets_point else figure, dice.random() < 0.5
        expected_in = {
            mask.instance for mask in masks_by_force(world, targets[name]) if meets(mask, is_compatible, prec, *figure)
        }
        assert set(met_in(world.rt, me, me, meets, figure, target, prec)) == expected_in
        found_any += bool(expected) + bool(expected_in)
    assert found_any > 50


def pixels_of(mask: Mask, at: float) -> set[tuple[int, int]]:
    """The pixels of the room around a mask that it has, each looked at by itself."""
    facts, (cosine, sine), (xscale, yscale) = mask.shape.facts, mask.shape.turn, mask.shape.scale
    found = set()
    for column in range(math.floor(mask.left) - 2, math.ceil(mask.right) + 3):
        for row in range(math.floor(mask.top) - 2, math.ceil(mask.bottom) + 3):
            x, y = column + at - round(mask.x), row + at - round(mask.y)
            across = (cosine * x - sine * y) / xscale + facts.xorigin - facts.left
            down = (cosine * y + sine * x) / yscale + facts.yorigin - facts.top
            inside = 0 <= across < facts.right + 1 - facts.left and 0 <= down < facts.bottom + 1 - facts.top
            if inside and (not mask.shape.rows or has_pixel(mask, column + at, row + at)):
                found.add((column, row))
    return found


def random_mask(dice: random.Random, world: World) -> Mask:
    one = world.create(world.by_name["ball"])
    change(dice, one)
    one.x, one.y = dice.uniform(-15, 15), dice.uniform(-15, 15)
    one.image_xscale = dice.choice([1.0, -1.0, dice.uniform(0.3, 3)])
    one.image_yscale = dice.choice([1.0, dice.uniform(0.3, 3)])
    mask = mask_at(one)
    assert mask is not None
    return mask


@pytest.mark.parametrize("at", [0.0, 0.5])
def test_rows_are_the_pixels(at: float) -> None:
    dice = random.Random(3)
    world = world_with([sprite_of(kind) for kind in KINDS])
    for _ in range(150):
        mask = random_mask(dice, world)
        first, last = math.floor(mask.left) - 2, math.ceil(mask.right) + 2
        by_rows = {
            (first + bit, row)
            for row in range(math.floor(mask.top) - 2, math.ceil(mask.bottom) + 3)
            for bit in range(last - first + 1)
            if row_of(mask, row, first, last, at) >> bit & 1
        }
        assert by_rows == pixels_of(mask, at)


def test_masks_meet_where_they_share_pixels() -> None:
    """Masks that are no boxes: those apart by a line share none, and of the others the pixels between edges decide."""
    dice = random.Random(5)
    world = world_with([sprite_of(kind) for kind in (ELLIPSE, DIAMOND, ROTATED_RECTANGLE, ROTATED_RECTANGLE)])
    outcomes = []
    for _ in range(300):
        one, two = random_mask(dice, world), random_mask(dice, world)
        if one.shape.is_box and two.shape.is_box:
            continue
        shared = pixels_of(one, 0.5) & pixels_of(two, 0.5)
        left, top = max(one.left, two.left), max(one.top, two.top)
        right, bottom = min(one.right, two.right), min(one.bottom, two.bottom)
        between = {
            (x, y) for x, y in shared if math.floor(left) <= x < right - 0.5 and math.floor(top) <= y < bottom - 0.5
        }
        is_met = bool(between) and not separated(one.corners(), two.corners())
        assert masks_meet(one, two, False) == masks_meet(two, one, False) == is_met
        outcomes.append(is_met)
    assert {True, False} == set(outcomes)


def test_figures_overlap_where_they_share_points() -> None:
    dice = random.Random(7)
    outcomes = set()
    for _ in range(150):
        figures = []
        for _ in range(2):
            turn, x, y = turned(dice.uniform(0, 360)), dice.uniform(-20, 20), dice.uniform(-20, 20)
            wide, high = dice.uniform(4, 30), dice.uniform(4, 30)
            corners = ((-wide, -high), (wide, -high), (wide, high), (-wide, high))
            figures.append(tuple(placed(corner, turn, x, y) for corner in corners))
        one, two = figures
        points = [(x, y) for x in range(-52, 53, 2) for y in range(-52, 53, 2)]
        shared = any(within(one, x, y) and within(two, x, y) for x, y in points)
        outcomes.add((shared, separated(one, two)))
        assert not (shared and separated(one, two))
        radius = dice.uniform(3, 20)
        if any(within(one, x, y) and math.hypot(x, y) < radius for x, y in points):
            assert near_ellipse(one, -radius, -radius, radius, radius)
    assert {(True, False), (False, True)} <= outcomes


def test_boxes_meet_where_they_share_pixels() -> None:
    """Boxes of whole pixels, in both modes, against the pixels that they hold."""
    dice = random.Random(3)
    for is_compatible in (False, True):
        world = world_with([SpriteFacts(1, 1, 0, 0, 0, 0, 0, 0, RECTANGLE, 1)], is_compatible)
        for _ in range(200):
            least = int(is_compatible)  # there a mask without width is a line, which meets what it crosses
            boxes = [(dice.randint(0, 9), dice.randint(0, 9), dice.randint(least, 5), dice.randint(1, 5)) for _ in "ab"]
            masks = []
            for x, y, wide, high in boxes:
                one = world.create(world.by_name["ball"], float(x), float(y))
                one.sprite_index, one.image_xscale, one.image_yscale = 0.0, float(wide), float(high)
                masks.append(mask_at(one))
            pixels = [{(x + i, y + j) for i in range(w) for j in range(h)} for x, y, w, h in boxes]
            one_mask, two_mask = masks
            assert one_mask is not None
            assert two_mask is not None
            assert masks_meet(one_mask, two_mask, is_compatible) == bool(pixels[0] & pixels[1])
            px, py = dice.randint(0, 12), dice.randint(0, 12)
            assert meets_point(one_mask, is_compatible, True, px, py) == ((px, py) in pixels[0])


def test_the_grid_forgets_what_is_destroyed_and_cells_fit_the_masks() -> None:
    world = world_with([sprite_of(RECTANGLE)])
    space, ball = world.rt.service(Space), world.by_name["ball"]
    for _ in range(3):
        made = [world.create(ball, float(n % 50) * 100, float(n // 50) * 100) for n in range(500)]
        for one in made:
            one.sprite_index = 0.0
            one.image_xscale = 8.0
        near = space.grid(ball).near(0, 0, 10, 10)
        assert 0 < len(near) < 200
        for one in made:
            world.destroy(one)
            one.x = 5.0
        grid = space.grid(ball)
        assert not grid.masks
        assert not grid.cells
        assert not grid.large
        assert len(grid.moved) < 100

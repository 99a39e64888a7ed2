"""Instances, figures and scales that are nowhere, or very far away: values or GML errors, and nothing that hangs."""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Iterator
from typing import Any

import pytest

from gmlrun import Game
from gmlrun.builtins import binding, catalogue
from gmlrun.builtins.registry import Builtin
from gmlrun.engine.instances import Instance
from gmlrun.engine.world import World
from gmlrun.errors import GmlError, GmlThrow
from gmlrun.runtime import Runtime
from gmlrun.space.sprites import DIAMOND, ELLIPSE, PRECISE, RECTANGLE, ROTATED_RECTANGLE, Sprite, SpriteFacts

FAR = (math.inf, -math.inf, math.nan, 1e308, -1e308, 1e18, -1e15, 2e9, 1e8, -1e6, 1e-300, -0.0, 0.0, 1.0, 17.5, 300.0)
CHAPTERS = {"collision_checks", "collisions", "contacts", "motion_grids", "motion_planning", "movement", "paths"}
TEXT = "object ball {} object wall {} show_debug_message(room_width);"


def builtins_of_places() -> list[Builtin]:
    found = catalogue.load().functions.values()
    return [one for one in found if one.module.rpartition(".")[2] in CHAPTERS]


def sprites(rt: Runtime) -> None:
    """A sprite of each kind, in the world."""
    all_ = rt.service(World).sprites.all
    for kind in (RECTANGLE, ELLIPSE, DIAMOND, ROTATED_RECTANGLE, PRECISE):
        facts = SpriteFacts(16, 12, 5, 3, 1, 1, 14, 11, kind, 1)
        all_.append(Sprite(len(all_), f"spr_{kind}", lambda facts=facts: facts, rt))  # type: ignore[misc]


def displace(dice: random.Random, one: Instance) -> None:
    one.x, one.y = dice.choice(FAR), dice.choice(FAR)
    one.sprite_index = float(dice.randrange(5))
    for name in ("image_xscale", "image_yscale", "image_angle", "image_index", "speed", "direction", "hspeed"):
        with contextlib.suppress(GmlError):
            setattr(one, name, dice.choice(FAR))


@pytest.fixture(scope="module")
def rt() -> Iterator[Runtime]:
    with Game(TEXT, on_output=lambda line: None, on_log=lambda line: None) as game:
        sprites(game.runner.rt)
        yield game.runner.rt


@pytest.mark.parametrize("is_compatible", [False, True], ids=["", "compatible"])
@pytest.mark.parametrize("builtin", builtins_of_places(), ids=lambda builtin: builtin.name)
def test_no_builtin_of_places_falls_over_far_ones(rt: Runtime, builtin: Builtin, is_compatible: bool) -> None:
    dice, world = random.Random(builtin.name), rt.service(World)
    world.sprites.is_compatible = is_compatible
    call = binding.bind(builtin, rt)
    caller, *others = (world.create(world.by_name[name], 0, 0) for name in ("ball", "ball", "wall", "wall"))
    targets = (caller, world.by_name["wall"], -3.0, world.by_name["ball"])
    others[-1].solid = True
    for _ in range(60):
        for one in (caller, *others):
            displace(dice, one)
        given: list[Any] = [dice.choice((*FAR, *targets, True)) for _ in builtin.parameters]
        scope = (caller, others[0]) if builtin.wants_scope else ()
        with contextlib.suppress(GmlError, GmlThrow):
            call(*scope, *given)
    for one in (caller, *others):
        world.remove(one)


@pytest.mark.parametrize("is_compatible", [False, True], ids=["", "compatible"])
def test_frames_go_on_with_instances_that_are_far(is_compatible: bool) -> None:
    text = """
    object ball { event collision:1 {} event collision:0 {} event step { global.n++; } event other_end_of_path {} }
    object wall { event collision:0 {} event other_outside {} event other_boundary {} event other_animation_end {} }
    global.n = 0;
    """
    with Game(text, on_output=lambda line: None, on_log=lambda line: None) as game:
        world = game.runner.rt.service(World)
        sprites(game.runner.rt)
        world.sprites.is_compatible = is_compatible
        dice = random.Random(4)
        there = [world.create(world.by_name[name], 0, 0) for name in ("ball", "wall", "ball", "wall", "wall")]
        for _ in range(60):
            for one in there:
                displace(dice, one)
            game.loop.frame()
        assert game.globals["n"] == 120

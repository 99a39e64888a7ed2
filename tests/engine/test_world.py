"""The world: who gets an event, in which order, and what destroying does while events run."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime

STEP = (3, 0)


@pytest.fixture
def world() -> World:
    return Runtime().service(World)


def test_events_come_in_the_order_of_creation_across_objects(world: World) -> None:
    order: list[int] = []

    def step(other: Any, self: Any) -> None:
        order.append(self.id.index)

    a = world.define_object("a", None, {STEP: step})
    b = world.define_object("b", "a", {STEP: step})
    made = [world.create(kind) for kind in (b, a, a, b)]
    world.dispatch.broadcast(STEP)
    assert order == [one.id.index for one in made]


def test_one_made_during_a_phase_waits_for_the_next(world: World) -> None:
    count: list[Any] = []

    def step(other: Any, self: Any) -> None:
        count.append(self)
        if len(count) == 1:
            world.create(kind)

    kind = world.define_object("o", None, {STEP: step})
    world.create(kind)
    world.dispatch.broadcast(STEP)
    assert len(count) == 1
    world.dispatch.broadcast(STEP)
    assert len(count) == 3


def test_one_destroyed_or_deactivated_before_its_turn_gets_nothing(world: World) -> None:
    ran: list[Any] = []

    def step(other: Any, self: Any) -> None:
        ran.append(self)
        if self is first:
            world.destroy(second)
            world.set_active([third], False)

    kind = world.define_object("o", None, {STEP: step})
    first, second, third = (world.create(kind) for _ in range(3))
    world.dispatch.broadcast(STEP)
    assert ran == [first]


def test_an_id_leads_to_a_destroyed_instance_until_the_event_ends(world: World) -> None:
    found: list[Any] = []

    def step(other: Any, self: Any) -> None:
        world.destroy(self)
        found.append(world.resolve(self.id, self, other))

    made = world.create(world.define_object("o", None, {STEP: step}))
    world.dispatch.perform(made, STEP)
    assert found == [made]
    assert world.resolve(made.id, None, None) is None


def test_clean_up_runs_once_even_if_destroy_destroys(world: World) -> None:
    notes: list[str] = []

    def on_destroy(other: Any, self: Any) -> None:
        notes.append("destroy")
        world.destroy(self)

    events = {(1, 0): on_destroy, (12, 0): lambda other, self: notes.append("clean up")}
    made = world.create(world.define_object("o", None, events))
    world.destroy(made)
    assert notes == ["destroy", "clean up"]


def test_event_inherited_climbs(world: World) -> None:
    notes: list[str] = []

    def code(word: str) -> Any:
        def run(other: Any, self: Any) -> None:
            notes.append(word)
            world.dispatch.inherited(self, other)

        return run

    world.define_object("top", None, {STEP: code("top")})
    world.define_object("middle", "top", {})
    bottom = world.define_object("bottom", "middle", {STEP: code("bottom")})
    world.dispatch.perform(world.create(bottom), STEP)
    assert notes == ["bottom", "top"]
    assert world.dispatch.running == []


def test_redefined_events_are_used_at_once(world: World) -> None:
    notes: list[str] = []
    kind = world.define_object("o", None, {STEP: lambda other, self: notes.append("old")})
    world.create(kind)
    world.dispatch.broadcast(STEP)
    world.define_object("o", None, {STEP: lambda other, self: notes.append("new")})
    world.dispatch.broadcast(STEP)
    assert notes == ["old", "new"]


@pytest.mark.parametrize("value", ["text", [1.0]])
def test_a_text_is_no_target(world: World, value: Any) -> None:
    with pytest.raises(GmlError):
        world.targets(value, None, None)


@pytest.mark.parametrize("value", [None, 99999.0, -4.0, float("nan")])
def test_what_names_nothing_has_no_targets(world: World, value: Any) -> None:
    assert world.targets(value, None, None) == []


def test_children_are_targets_of_their_parents_name(world: World) -> None:
    parent = world.define_object("p")
    child = world.define_object("c", "p")
    made = [world.create(kind) for kind in (child, parent)]
    assert world.targets(parent, None, None) == made
    assert world.targets(float(child.index), None, None) == made[:1]
    assert world.targets(-3.0, None, None) == made

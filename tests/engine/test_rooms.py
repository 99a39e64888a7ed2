"""Rooms: the order in which what they hold comes to be, and what goes along to the next."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.engine.rooms import LayerPlan, Placement, Rooms
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime

PRE_CREATE, CREATE, GAME_START, ROOM_START, CLEAN_UP = (14, 0), (0, 0), (7, 2), (7, 4), (12, 0)


@pytest.fixture
def rooms() -> Rooms:
    return Runtime().service(Rooms)


def test_the_order_of_entering_a_room(rooms: Rooms) -> None:
    notes: list[str] = []

    def note(word: str) -> Any:
        return lambda other, self: notes.append(f"{word} {getattr(self, 'hp', '-')}")

    def define(other: Any, self: Any) -> None:
        self.hp = 1.0
        notes.append("definitions")

    def override(other: Any, self: Any) -> None:
        self.hp += 10.0

    events = {
        PRE_CREATE: define,
        CREATE: note("create"),
        GAME_START: note("game start"),
        ROOM_START: note("room start"),
    }
    kind = rooms.world.define_object("o", None, events)
    room = rooms.add("room_first")
    room.layers.append(LayerPlan("Things", 300.0))
    room.placements.append(Placement(kind, 1.0, 2.0, "Things", {"hp": 5.0}, override, note("creation code")))
    room.code = note("room code")
    rooms.start(room)
    assert notes == [
        "definitions",
        "create 15.0",
        "creation code 15.0",
        "game start 15.0",
        "room code -",
        "room start 15.0",
    ]
    made = next(iter(rooms.world.instances.values()))
    assert (made.x, made.y, made.depth, made.layer) == (1.0, 2.0, 300.0, rooms.layer("Things"))


def test_only_persistent_instances_go_along(rooms: Rooms) -> None:
    world: World = rooms.world
    cleaned: list[Any] = []
    kind = world.define_object("o", None, {CLEAN_UP: lambda other, self: cleaned.append(self)})
    first, second = rooms.add("a"), rooms.add("b")
    rooms.start(first)
    staying, going = world.create(kind), world.create(kind)
    going.persistent = True
    rooms.pending = second
    rooms.change()
    assert rooms.current is second
    assert cleaned == [staying]
    assert list(world.instances.values()) == [going]


def test_the_ids_of_placed_instances_are_known_before_they_are_there(rooms: Rooms) -> None:
    kind = rooms.world.define_object("o")
    first, second = rooms.add("a"), rooms.add("b")
    first.placements.append(Placement(kind))
    second.placements.append(Placement(kind))
    rooms.start(first)
    assert (first.placements[0].number, second.placements[0].number) == (100000, 100001)
    assert list(rooms.world.instances) == [100000]
    rooms.pending = second
    rooms.change()
    assert list(rooms.world.instances) == [100001]


def test_a_persistent_room_keeps_its_instances_and_layers(rooms: Rooms) -> None:
    kind = rooms.world.define_object("o")
    first, second = rooms.add("a"), rooms.add("b")
    first.persistent = True
    first.placements.append(Placement(kind))
    rooms.start(first)
    made = rooms.world.instances[100000]
    layer = rooms.add_layer("extra", 1.0)
    for target in (second, first):
        rooms.pending = target
        rooms.change()
    assert rooms.world.instances == {100000: made}
    assert rooms.layer("extra") is layer


@pytest.mark.parametrize("value", [-1.0, 5.0, "room", None])
def test_what_is_no_room_is_an_error(rooms: Rooms, value: Any) -> None:
    with pytest.raises(GmlError):
        rooms.get(value)

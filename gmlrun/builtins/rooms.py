"""Rooms: going from one to another, and changing what they will hold. Manual: Asset_Management/Rooms."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.engine.loop import Loop
from gmlrun.engine.rooms import Placement, Room, Rooms
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.conversions import to_bool, to_real
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

chapter = Chapter("Asset_Management/Rooms")

NO_ROOM = -1.0
BEYOND = {
    1: "Moving to the next room after the last room.",
    -1: "Moving to the previous room before the first room.",
}


def handle(found: Room | None) -> Value:
    """A room as GML sees it, -1 for none."""
    return NO_ROOM if found is None else found


def current(rooms: Rooms) -> Room:
    """The room that the game is in; raises GmlError for a program without rooms."""
    found = rooms.current
    if found is None:
        raise GmlError("this program has no rooms")
    return found


# ----------------------------------------------------------------------- going


@chapter
def room_goto(rooms: Rooms, index: Value) -> None:
    """Goes to a room when the phase that is running is over."""
    rooms.pending = rooms.get(index)


@chapter
def room_goto_next(rooms: Rooms) -> None:
    """Goes to the next room in the order."""
    go_beside(rooms, 1)


@chapter
def room_goto_previous(rooms: Rooms) -> None:
    """Goes to the room before this one in the order."""
    go_beside(rooms, -1)


def go_beside(rooms: Rooms, step: int) -> None:
    """Goes to a neighbour of the current room; raises GmlError when there is none."""
    found = rooms.beside(rooms.current, step)
    if found is None:
        raise GmlError(BEYOND[step])
    rooms.pending = found


@chapter
def room_restart(rooms: Rooms) -> None:
    """Begins the current room again when the phase that is running is over."""
    rooms.pending = current(rooms)


@chapter
def room_next(rooms: Rooms, numb: Value) -> Value:
    """The room after another one in the order; -1 when it is the last."""
    return handle(rooms.beside(rooms.find(numb), 1))


@chapter
def room_previous(rooms: Rooms, numb: Value) -> Value:
    """The room before another one in the order; -1 when it is the first."""
    return handle(rooms.beside(rooms.find(numb), -1))


# ---------------------------------------------------------------------- asking


@chapter
def room_exists(rooms: Rooms, index: Value) -> bool:
    """Whether there is such a room."""
    return rooms.find(index) is not None


@chapter
def room_get_name(rooms: Rooms, index: Value) -> str:
    """A room's name; `<undefined>` when there is no such room."""
    found = rooms.find(index)
    return "<undefined>" if found is None else found.name


# -------------------------------------------------------------------- changing


@chapter
def room_add(rooms: Rooms) -> Room:
    """Makes a new, empty room at the end of the order."""
    return rooms.add(f"__newroom{len(rooms.rooms)}")


@chapter
def room_duplicate(rooms: Rooms, index: Value) -> Room:
    """Makes a copy of a room at the end of the order."""
    source = rooms.get(index)
    made = rooms.add(f"__newroom{len(rooms.rooms)}")
    made.take(source)
    return made


@chapter
def room_assign(rooms: Rooms, ind: Value, source: Value) -> bool:
    """Gives a room everything that another one holds; returns whether both are there."""
    target, given = rooms.find(ind), rooms.find(source)
    if target is None or given is None:
        return False
    target.take(given)
    return True


@chapter
def room_instance_add(world: World, rooms: Rooms, index: Value, x: Real, y: Real, obj: Value) -> Value:
    """Adds an instance of an object to what a room will hold; returns its id.

    Not for the room that the game is in.
    """
    room = rooms.get(index)
    kind = world.object_of(obj)
    if kind is None:
        raise GmlError(f"room_instance_add: there is no object {quoted(obj)}")
    number, world.next_id = world.next_id, world.next_id + 1
    room.placements.append(Placement(kind, x, y, number=number))
    return float(number)


@chapter
def room_instance_clear(rooms: Rooms, index: Value) -> None:
    """Removes all instances from what a room will hold."""
    rooms.get(index).placements.clear()


@chapter
def room_set_width(rooms: Rooms, index: Value, w: Real) -> None:
    """Sets a room's width in pixels."""
    rooms.get(index).width = w


@chapter
def room_set_height(rooms: Rooms, index: Value, h: Real) -> None:
    """Sets a room's height in pixels."""
    rooms.get(index).height = h


@chapter
def room_set_persistent(rooms: Rooms, index: Value, val: Bool) -> None:
    """Sets whether a room keeps its instances while the game is elsewhere."""
    rooms.get(index).persistent = val


# ----------------------------------------------------------------------- views


def view_of(rt: Runtime, room: Value, view: int) -> dict[str, Value]:
    """The values of a room's view, to be changed; raises GmlError for a view that no room has."""
    found = planned_room(rt, room)
    if not 0 <= view < VIEWS:
        raise GmlError(f"view {view} does not exist: views are 0 to {VIEWS - 1}")
    views = [dict(one) for one in found.views]
    found.views = [*views, *({} for _ in range(VIEWS - len(views)))]
    made = found.views[view]
    assert isinstance(made, dict)
    return made


def planned_room(rt: Runtime, room: Value) -> Room:
    """A room whose views are to be changed; the current one has taken what it shows."""
    from gmlrun.engine.cameras import Cameras

    assert rt.service(Cameras).values
    return rt.service(Rooms).get(room)


VIEWS = 8
PORT = ("view_xport", "view_yport", "view_wport", "view_hport")


@chapter
def room_get_camera(rt: Runtime, rm: Value, vind: Int) -> Value:
    """The camera that a view of a room has been given; -1 for none."""
    return view_of(rt, rm, vind).get("view_camera", -1.0)


@chapter
def room_set_camera(rt: Runtime, rm: Value, vind: Int, camera: Value) -> None:
    """Gives a view of a room a camera, from the next time on that the room is entered."""
    view_of(rt, rm, vind)["view_camera"] = camera


@chapter
def room_get_viewport(rt: Runtime, rm: Value, vind: Int) -> list[Value]:
    """A viewport of a room as an array of visible, x, y, width and height."""
    view = view_of(rt, rm, vind)
    return [view.get("view_visible", False), *(view.get(name, 0.0) for name in PORT)]


@chapter
def room_set_viewport(
    rt: Runtime, rm: Value, vind: Int, vis: Bool, xport: Real, yport: Real, wport: Real, hport: Real
) -> None:
    """Sets a viewport of a room, from the next time on that the room is entered."""
    sizes = dict(zip(PORT, (xport, yport, wport, hport), strict=True))
    view_of(rt, rm, vind).update(sizes, view_visible=vis)


@chapter
def room_set_view_enabled(rt: Runtime, index: Value, val: Bool) -> None:
    """Lets a room show its views, from the next time on that it is entered."""
    planned_room(rt, index).has_views = val


# ------------------------------------------------------------------- variables


def room(rt: Runtime) -> Value:
    """The room that the game is in; setting it goes to another one."""
    return handle(rt.service(Rooms).current)


def room_first(rt: Runtime) -> Value:
    """The first room in the order."""
    rooms = rt.service(Rooms).rooms
    return handle(rooms[0] if rooms else None)


def room_last(rt: Runtime) -> Value:
    """The last room in the order."""
    rooms = rt.service(Rooms).rooms
    return handle(rooms[-1] if rooms else None)


def room_width(rt: Runtime) -> float:
    """The width of the current room in pixels."""
    found = rt.service(Rooms).current
    return 0.0 if found is None else found.width


def set_room_width(rt: Runtime, value: Value) -> None:
    """Changes the width of the current room."""
    current(rt.service(Rooms)).width = to_real(value)


def room_height(rt: Runtime) -> float:
    """The height of the current room in pixels."""
    found = rt.service(Rooms).current
    return 0.0 if found is None else found.height


def set_room_height(rt: Runtime, value: Value) -> None:
    """Changes the height of the current room."""
    current(rt.service(Rooms)).height = to_real(value)


def room_persistent(rt: Runtime) -> bool:
    """Whether the current room keeps its instances while the game is elsewhere."""
    found = rt.service(Rooms).current
    return found is not None and found.persistent


def set_room_persistent(rt: Runtime, value: Value) -> None:
    """Sets whether the current room keeps its instances while the game is elsewhere."""
    current(rt.service(Rooms)).persistent = to_bool(value)


def room_speed(rt: Runtime) -> float:
    """The frames a second; game_set_speed is its newer form."""
    return rt.service(Loop).speed


def set_room_speed(rt: Runtime, value: Value) -> None:
    """Sets the frames a second."""
    rt.service(Loop).set_speed(to_real(value))


def set_room(rt: Runtime, value: Value) -> None:
    """Goes to a room when the phase that is running is over."""
    room_goto(rt.service(Rooms), value)


def room_caption(rt: Runtime) -> str:
    """The caption of the room's window: empty, since there is no window."""
    return ""


def set_room_caption(rt: Runtime, value: Value) -> None:
    """Does nothing: there is no window."""


chapter.variable(room, set_room)
chapter.variable(room_first)
chapter.variable(room_last)
chapter.variable(room_width, set_room_width)
chapter.variable(room_height, set_room_height)
chapter.variable(room_persistent, set_room_persistent)
chapter.variable(room_speed, set_room_speed)
chapter.variable(room_caption, set_room_caption)

"""Cameras and views as numbers: what a room's file and the program say of them is kept, and targets are followed.

Nothing is seen through them. Manual: Cameras_And_Display/Cameras_And_Viewports.
"""

from __future__ import annotations

import math

from gmlrun.engine.instances import Instance
from gmlrun.engine.loop import Loop
from gmlrun.engine.rooms import Rooms
from gmlrun.engine.world import World
from gmlrun.language import NOONE, SELF
from gmlrun.runtime import GamePart
from gmlrun.values.model import Handle
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gmlrun.engine.rooms import Room
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

VIEWS = 8
"""A room has that many views; their variables are arrays."""
NO_CAMERA = -1.0

VIEW_START: dict[str, Any] = {
    "view_visible": False,
    "view_camera": NO_CAMERA,
    "view_object": NOONE,
    "view_surface_id": -1.0,
    **dict.fromkeys(("view_xport", "view_yport", "view_wport", "view_hport"), 0.0),
    **dict.fromkeys(("view_xview", "view_yview", "view_wview", "view_hview"), 0.0),
    **dict.fromkeys(("view_hborder", "view_vborder", "view_hspeed", "view_vspeed", "view_angle"), 0.0),
}
OF_CAMERAS = {
    "view_xview": "x",
    "view_yview": "y",
    "view_wview": "width",
    "view_hview": "height",
    "view_hborder": "border_x",
    "view_vborder": "border_y",
    "view_hspeed": "speed_x",
    "view_vspeed": "speed_y",
    "view_angle": "angle",
    "view_object": "target",
}
"""The arrays of 1.4 that hold what a view's camera has."""


class Camera(Handle):
    """A camera: a rectangle of the room, and what it follows."""

    def __init__(self, index: int) -> None:
        super().__init__("camera", index)
        self.x = self.y = self.width = self.height = self.angle = 0.0
        self.speed_x = self.speed_y = -1.0
        """How many pixels a step it follows at most; below 0 for no limit."""
        self.border_x = self.border_y = 0.0
        self.target: Value = -1.0
        self.begin_script: Value = -1.0
        self.end_script: Value = -1.0
        self.update_script: Value = -1.0
        self.view_mat: list[float] = list(IDENTITY)
        self.proj_mat: list[float] = list(IDENTITY)

    def copy_transforms(self, source: Camera) -> None:
        """Takes over all of another camera but its scripts and its target."""
        for name in ("x", "y", "width", "height", "angle", "speed_x", "speed_y", "border_x", "border_y"):
            setattr(self, name, getattr(source, name))
        self.view_mat, self.proj_mat = list(source.view_mat), list(source.proj_mat)

    def follow(self, instance: Instance, room: Room) -> None:
        """Moves so that an instance is as far from the edges as the borders say, within the room."""
        x, y = math.floor(number_in(instance, "x")), math.floor(number_in(instance, "y"))
        left = followed(x, self.x, self.width, self.border_x, room.width)
        top = followed(y, self.y, self.height, self.border_y, room.height)
        self.x, self.y = limited(self.x, left, self.speed_x), limited(self.y, top, self.speed_y)


IDENTITY = (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)


def followed(place: float, edge: float, size: float, border: float, room: float) -> float:
    """Where the edge of a view goes that follows a place along one axis."""
    if 2 * border >= size:
        edge = place - size / 2
    elif place - border < edge:
        edge = place - border
    elif place + border > edge + size:
        edge = place + border - size
    edge = max(edge, 0.0)
    return room - size if edge + size > room else edge


def limited(before: float, after: float, speed: float) -> float:
    """A movement that is no longer than a speed of at least 0 allows."""
    return after if speed < 0 else min(max(after, before - speed), before + speed)


class Cameras(GamePart):
    """The cameras of one game, and the views of the room that it is in."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.rooms = rt.service(Rooms)
        self.world = rt.service(World)
        self.all: dict[int, Camera] = {}
        self.next = 0
        self.default: Value = NO_CAMERA
        self.visit = -1
        """Which entering of a room the views belong to."""
        self.kept: dict[Room, dict[str, list[Any]]] = {}
        """The views of persistent rooms that the game has left."""
        self.room: Room | None = None
        self.current: dict[str, list[Any]] = {name: [value] * VIEWS for name, value in VIEW_START.items()}
        self.is_enabled = False
        """Whether the room shows its views; otherwise it is shown whole."""
        self.seen: list[dict[str, Any]] = []
        """The values of 1.4's arrays when they were last compared with the cameras."""
        rt.service(Loop).cameras = self

    # ------------------------------------------------------------------- cameras

    def create(self) -> Camera:
        """A new camera."""
        made = self.all[self.next] = Camera(self.next)
        self.next += 1
        return made

    def find(self, value: Value) -> Camera | None:
        """The camera that a handle or a number means."""
        if isinstance(value, Camera):
            return value if self.all.get(value.index) is value else None
        if isinstance(value, (float, int)) and not isinstance(value, bool) and math.isfinite(value):
            return self.all.get(int(value))
        return None

    def destroy(self, camera: Camera) -> None:
        """Forgets a camera."""
        self.all.pop(camera.index, None)
        if self.default is camera:
            self.default = NO_CAMERA

    # --------------------------------------------------------------------- views

    @property
    def values(self) -> dict[str, list[Any]]:
        """The arrays of the current room's views, by the names of their variables."""
        if self.visit != self.rooms.visits:
            self._enter()
        return self.current

    def _enter(self) -> None:
        """Takes over the views of the room that has been entered."""
        if self.room is not None and self.room.persistent:
            self.kept[self.room] = self.current
        self.visit, self.room = self.rooms.visits, self.rooms.current
        room = self.room
        kept = self.kept.pop(room, None) if room is not None else None
        views = room.views[:VIEWS] if room is not None else ()
        self.is_enabled = room is not None and room.has_views
        self.current = kept or {name: self._array(name, usual, views) for name, usual in VIEW_START.items()}
        if kept is None and views:
            given = [self.find(view.get("view_camera", NO_CAMERA)) for view in views]
            made = [camera or self._camera(view) for view, camera in enumerate(given)]
            self.current["view_camera"] = [*made, *[NO_CAMERA] * (VIEWS - len(made))]
        self.seen = [self._shown(view) for view in range(VIEWS)]

    def _array(self, name: str, usual: Any, views: Any) -> list[Any]:
        shown: list[Mapping[str, Any]] = list(views)
        found = [self._asset(view.get(name, usual)) for view in shown]
        return [*found, *[usual] * (VIEWS - len(found))]

    def _asset(self, value: Any) -> Any:
        """The object that a text of a view names."""
        return self.rt.assets.get(value, NOONE) if isinstance(value, str) else value

    def _camera(self, view: int) -> Camera:
        """The camera of a view as the room has it."""
        made = self.create()
        for name, attribute in OF_CAMERAS.items():
            setattr(made, attribute, self.current[name][view])
        if made.target == NOONE:
            made.target = -1.0
        return made

    def _shown(self, view: int) -> dict[str, Any]:
        return {name: self.current[name][view] for name in OF_CAMERAS}

    def update(self) -> None:
        """Brings cameras and arrays together, and lets the cameras of the visible views follow their targets."""
        values, room = self.values, self.rooms.current
        if room is None or not self.is_enabled:
            return
        for view in range(VIEWS):
            camera = self.find(values["view_camera"][view]) if values["view_visible"][view] else None
            if camera is not None:
                self._take_arrays(camera, view)
                self._update(camera, room)
                self._give_arrays(camera, view)

    def _take_arrays(self, camera: Camera, view: int) -> None:
        """Gives a camera what the program has put into an array of 1.4."""
        before = self.seen[view]
        for name, attribute in OF_CAMERAS.items():
            value = self.current[name][view]
            if value is not before[name] and value != before[name]:
                setattr(camera, attribute, value)

    def _give_arrays(self, camera: Camera, view: int) -> None:
        for name, attribute in OF_CAMERAS.items():
            if name != "view_object":
                self.current[name][view] = getattr(camera, attribute)
        self.seen[view] = self._shown(view)

    def _update(self, camera: Camera, room: Room) -> None:
        if camera.update_script != -1.0:
            self.world.dispatch.guard(self.rt.call, camera.update_script, self.rt.globals, self.rt.globals)
            return
        found = self.world.targets(camera.target, None, None) if camera.target not in (SELF, NOONE) else []
        if found and isinstance(found[0], Instance):
            camera.follow(found[0], room)

    # --------------------------------------------------------------------- points

    def to_room(self, x: float, y: float) -> tuple[float, float]:
        """The point of the room that is seen at a point of the window."""
        view = self._view_at(x, y)
        if view is None:
            return x, y
        camera, left, top, wide, high = view
        return camera.x + (x - left) * camera.width / wide, camera.y + (y - top) * camera.height / high

    def to_window(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the room is in the window, in the first view that shows it."""
        views = [self._port(view) for view in range(VIEWS)] if self._is_on() else []
        for view in views:
            if view is not None:
                camera, left, top, wide, high = view
                across, down = x - camera.x, y - camera.y
                if 0 <= across < camera.width and 0 <= down < camera.height:
                    return left + across * wide / camera.width, top + down * high / camera.height
        return x, y

    def _is_on(self) -> bool:
        return bool(self.values) and self.is_enabled

    def _view_at(self, x: float, y: float) -> tuple[Camera, float, float, float, float] | None:
        """The last view at a point of the window, or the first visible one; None for a room shown whole."""
        found = [self._port(view) for view in range(VIEWS)] if self._is_on() else []
        views = [view for view in found if view is not None]
        inside = [view for view in views if 0 <= x - view[1] < view[3] and 0 <= y - view[2] < view[4]]
        return inside[-1] if inside else views[0] if views else None

    def _port(self, view: int) -> tuple[Camera, float, float, float, float] | None:
        """A visible view's camera and the rectangle of the window that shows it."""
        values = self.current
        camera = self.find(values["view_camera"][view]) if values["view_visible"][view] else None
        if camera is None or camera.width <= 0 or camera.height <= 0:
            return None
        left, top, wide, high = (values[f"view_{side}"][view] for side in ("xport", "yport", "wport", "hport"))
        return (camera, left, top, wide or camera.width, high or camera.height)

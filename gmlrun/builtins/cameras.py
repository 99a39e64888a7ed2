"""Cameras: made, changed, read back; those of visible views follow their targets.

Manual: Cameras_And_Display/Cameras_And_Viewports.
"""

from __future__ import annotations

from gmlrun.builtins.layers import script_or_none
from gmlrun.builtins.registry import Array, Chapter, Real
from gmlrun.engine.cameras import NO_CAMERA, Camera, Cameras
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.model import Handle, Value
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

chapter = Chapter("Cameras_And_Display/Cameras_And_Viewports")

MATRIX = 16
UPSIDE_DOWN = 5
"""The place in a projection whose sign is another one where drawing goes to a surface, as it does in GameMaker."""


def camera_of(cameras: Cameras, value: Value) -> Camera | None:
    """The camera that a value means, None when there is none; raises GmlError for what can mean none."""
    if not isinstance(value, (float, int, Camera)) or isinstance(value, bool):
        raise GmlError(f"expected a camera, got {quoted(value)}")
    return cameras.find(value)


def target_of(value: Value) -> Value:
    """An object or an instance to follow, or a number for none."""
    if isinstance(value, Handle) or (isinstance(value, (float, int)) and not isinstance(value, bool)):
        return value
    raise GmlError(f"expected an object or an instance, got {quoted(value)}")


@chapter
def camera_create(cameras: Cameras) -> Value:
    """Makes a camera that shows nothing yet."""
    return cameras.create()


@chapter
def camera_create_view(
    cameras: Cameras,
    room_x: Real,
    room_y: Real,
    width: Real,
    height: Real,
    angle: Real = 0.0,
    object: Value = None,
    x_speed: Real = -1.0,
    y_speed: Real = -1.0,
    x_border: Real = 0.0,
    y_border: Real = 0.0,
) -> Value:
    """Makes a camera that shows a rectangle of the room, and what it follows."""
    made = cameras.create()
    made.x, made.y, made.width, made.height, made.angle = room_x, room_y, width, height, angle
    made.target = -1.0 if object is None else target_of(object)
    made.speed_x, made.speed_y, made.border_x, made.border_y = x_speed, y_speed, x_border, y_border
    return made


@chapter
def camera_destroy(cameras: Cameras, camera_id: Value) -> None:
    """Destroys a camera."""
    found = camera_of(cameras, camera_id)
    if found is not None:
        cameras.destroy(found)


@chapter
def camera_copy_transforms(cameras: Cameras, dest_camera: Value, src_camera: Value) -> None:
    """Gives a camera the place, size, angle, speed, borders and matrices of another one."""
    target, source = camera_of(cameras, dest_camera), camera_of(cameras, src_camera)
    if target is not None and source is not None:
        target.copy_transforms(source)


@chapter
def camera_apply(cameras: Cameras, camera_id: Value) -> None:
    """Does nothing: there is no drawing to apply a camera to."""
    camera_of(cameras, camera_id)


@chapter
def camera_get_active(rt: Runtime) -> float:
    """The camera that is drawn with: -1, as nothing is drawn."""
    return NO_CAMERA


@chapter
def camera_get_default(cameras: Cameras) -> Value:
    """The camera for rooms without views; -1 when none has been set."""
    return cameras.default


@chapter
def camera_set_default(cameras: Cameras, camera_id: Value) -> None:
    """Sets the camera for rooms without views."""
    found = camera_of(cameras, camera_id)
    cameras.default = NO_CAMERA if found is None else found


# ------------------------------------------------------------ places and targets


@chapter
def camera_set_view_pos(cameras: Cameras, camera_id: Value, x: Real, y: Real) -> None:
    """Moves a camera."""
    found = camera_of(cameras, camera_id)
    if found is not None:
        found.x, found.y = x, y


@chapter
def camera_set_view_size(cameras: Cameras, camera_id: Value, width: Real, height: Real) -> None:
    """Sets how much of the room a camera shows."""
    found = camera_of(cameras, camera_id)
    if found is not None:
        found.width, found.height = width, height


@chapter
def camera_set_view_speed(cameras: Cameras, camera_id: Value, x_speed: Real, y_speed: Real) -> None:
    """Sets how far a camera follows in a step; -1 for at once."""
    found = camera_of(cameras, camera_id)
    if found is not None:
        found.speed_x, found.speed_y = x_speed, y_speed


@chapter
def camera_set_view_border(cameras: Cameras, camera_id: Value, x_border: Real, y_border: Real) -> None:
    """Sets how near to the edges what a camera follows may come."""
    found = camera_of(cameras, camera_id)
    if found is not None:
        found.border_x, found.border_y = x_border, y_border


@chapter
def camera_set_view_angle(cameras: Cameras, camera_id: Value, angle: Real) -> None:
    """Turns a camera."""
    found = camera_of(cameras, camera_id)
    if found is not None:
        found.angle = angle


@chapter
def camera_set_view_target(cameras: Cameras, camera_id: Value, id: Value) -> None:
    """Sets the object or instance that a camera follows; noone for none."""
    found, target = camera_of(cameras, camera_id), target_of(id)
    if found is not None:
        found.target = target


def getter(name: str, attribute: str) -> Callable[..., Value]:
    """`camera_get_view_…`."""

    def get(rt: Runtime, camera_id: Value) -> Value:
        found = camera_of(rt.service(Cameras), camera_id)
        return -1.0 if found is None else getattr(found, attribute)

    get.__name__ = f"camera_get_{name}"
    get.__doc__ = f"The {attribute.replace('_', ' ')} of a camera; -1 when there is no such camera."
    return chapter(get)


def script_setter(name: str) -> Callable[..., Value]:
    """`camera_set_…_script`."""

    def put(rt: Runtime, camera_id: Value, script: Value) -> None:
        found, wanted = camera_of(rt.service(Cameras), camera_id), script_or_none(script)
        if found is not None:
            setattr(found, f"{name}_script", wanted)

    put.__name__ = f"camera_set_{name}_script"
    put.__doc__ = f"Sets the {name} function of a camera; -1 takes it away."
    return chapter(put)


ATTRIBUTES = {
    "view_x": "x",
    "view_y": "y",
    "view_width": "width",
    "view_height": "height",
    "view_angle": "angle",
    "view_speed_x": "speed_x",
    "view_speed_y": "speed_y",
    "view_border_x": "border_x",
    "view_border_y": "border_y",
    "view_target": "target",
    "begin_script": "begin_script",
    "end_script": "end_script",
    "update_script": "update_script",
}
FUNCTIONS = [
    *(getter(name, attribute) for name, attribute in ATTRIBUTES.items()),
    *map(script_setter, ("begin", "end", "update")),
]


# --------------------------------------------------------------------- matrices


def matrix_for(value: list[Any]) -> list[float]:
    """A matrix of 16 numbers; raises GmlError for anything else."""
    if len(value) != MATRIX or not all(isinstance(one, (float, int)) for one in value):
        raise GmlError(f"a matrix is an array of {MATRIX} numbers")
    return [float(one) for one in value]


@chapter
def camera_set_view_mat(cameras: Cameras, camera_id: Value, matrix: Array) -> None:
    """Sets the view matrix of a camera."""
    found, wanted = camera_of(cameras, camera_id), matrix_for(matrix)
    if found is not None:
        found.view_mat = wanted


@chapter
def camera_get_view_mat(cameras: Cameras, camera_id: Value) -> Value:
    """The view matrix of a camera; -1 when there is no such camera."""
    found = camera_of(cameras, camera_id)
    return NO_CAMERA if found is None else list(found.view_mat)


@chapter
def camera_set_proj_mat(cameras: Cameras, camera_id: Value, matrix: Array) -> None:
    """Sets the projection matrix of a camera."""
    found, wanted = camera_of(cameras, camera_id), matrix_for(matrix)
    if found is not None:
        found.proj_mat = wanted


@chapter
def camera_get_proj_mat(cameras: Cameras, camera_id: Value) -> Value:
    """The projection matrix of a camera, upside down as for a surface; -1 when there is no such camera."""
    found = camera_of(cameras, camera_id)
    if found is None:
        return NO_CAMERA
    made = list(found.proj_mat)
    made[UPSIDE_DOWN] = -made[UPSIDE_DOWN]
    return made

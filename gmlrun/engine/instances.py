"""Instances and objects: an object's name and events go in, the Python class of its instances comes out.

A GML variable of an instance is a Python attribute of it; a built-in variable is a class attribute until
it is set, or a property where setting it does something. Manual: Asset_Management/Instances.
"""

from __future__ import annotations

import math

from gmlrun.errors import GmlError
from gmlrun.lean import attrgetter
from gmlrun.space.sprites import SpriteFacts
from gmlrun.values.model import AssetRef, GmlClass, Handle, Int32, Struct
from gmlrun.values.numeric import number_for, number_in
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, ClassVar, TypeAlias

    from gmlrun.engine.events import EventNumber

EventFunction: TypeAlias = "Callable[..., Any]"


class InstanceRef(Handle):
    """An instance's `id`; `instance` is the instance, also when it has been destroyed."""

    __slots__ = ("instance",)

    def __init__(self, index: int, instance: Instance) -> None:
        super().__init__("instance", index)
        self.instance = instance

    def __getattr__(self, name: str) -> Any:
        """A variable of the instance, for code that reads it without looking what stands before the dot."""
        instance = self.instance if name != "instance" else None
        if instance is None or name[:2] == "__" == name[-2:] or instance.__inactive__ or instance.__gone__:
            raise AttributeError(name=name, obj=self)
        return getattr(instance, name)


class ObjectType(AssetRef):
    """An object asset: its parent, its own events, and the class of its instances."""

    __slots__ = ("children", "events", "grid", "handlers", "instance_class", "instances", "parent", "world")

    def __init__(self, index: int, name: str) -> None:
        super().__init__("object", index, name)
        self.parent: ObjectType | None = None
        self.world: Any = None
        self.grid: Any = None
        """The `Grid` of its instances' masks, once something has asked what meets them."""
        self.children: list[ObjectType] = []
        self.events: dict[EventNumber, EventFunction] = {}
        self.handlers: dict[EventNumber, tuple[EventFunction, ObjectType] | None] = {}
        self.instances: dict[int, Instance] = {}
        """The instances of exactly this object, by the number of their id, oldest first."""
        facts = {"__gml_name__": name, "__object__": self, "object_index": self}
        self.instance_class: type[Instance] = GmlClass(name or "instance", (Instance,), facts)  # type: ignore[assignment]

    def set_parent(self, parent: ObjectType | None) -> None:
        """Puts an object below another one, or below none."""
        if self.parent is not None:
            self.parent.children.remove(self)
        if parent is not None:
            parent.children.append(self)
        self.parent = parent

    def handler(self, number: EventNumber) -> tuple[EventFunction, ObjectType] | None:
        """The code for an event and the object that has it: this one or its nearest ancestor that does."""
        if number not in self.handlers:
            self.handlers[number] = next(
                ((owner.events[number], owner) for owner in self.lineage() if number in owner.events), None
            )
        return self.handlers[number]

    def lineage(self) -> Iterator[ObjectType]:
        """This object and its ancestors, nearest first."""
        owner: ObjectType | None = self
        while owner is not None:
            yield owner
            owner = owner.parent

    def family(self) -> Iterator[ObjectType]:
        """This object and all its descendants."""
        yield self
        for child in self.children:
            yield from child.family()

    def forget_handlers(self) -> None:
        """Looks events up afresh, after the events of this object have changed."""
        for member in self.family():
            member.handlers.clear()


def coupled(name: str, words: str) -> Any:
    """A motion variable: setting it marks the instance as moving and keeps its partners consistent."""
    stored = f"__{name}__"

    def put(self: Instance, value: Any) -> None:
        setattr(self, stored, value if type(value) is float else number_for(name, value))
        self.__object__.world.motion.moving[self] = None
        COUPLING[name](self)

    return property(attrgetter(stored), put, doc=words)


def put_layer(instance: Instance, value: Any) -> None:
    """A layer gives its depth; raises GmlError for one that the room does not have."""
    found = instance.__object__.world.find_layer(value)
    if found is None:
        raise GmlError(f"layer cannot be set: the room has no layer {quoted(value)}")
    lay(instance, found, found.depth)


def lay(instance: Instance, layer: Any, depth: float) -> None:
    """Puts an instance on a layer, or on none, and at a depth."""
    instance.__layer__, instance.depth = layer, depth


def distance(instance: Any, x: float, y: float) -> float:
    """From an instance's place to a point, in pixels."""
    return math.hypot(number_in(instance, "x") - x, number_in(instance, "y") - y)


def get_id(instance: Instance) -> InstanceRef:
    return instance.__id__


def put_id(instance: Instance, value: Any) -> None:
    raise GmlError("id cannot be set: it is the engine's own number of an instance")


def get_alarm(instance: Instance) -> list[Any]:
    return instance.__alarm__


def put_alarm(instance: Instance, value: Any) -> None:
    """Takes the array itself, as an assignment to one of its elements does."""
    if value is not instance.__alarm__:
        raise GmlError("alarm cannot be set: set one of its elements, alarm[0] to alarm[11]")


def measured(name: str, measure: Callable[[Any], float]) -> Any:
    """A variable that the sprite, the scale and the place of an instance give, so that it cannot be set."""

    def put(instance: Instance, value: Any) -> None:
        raise GmlError(f"{name} cannot be set: it follows from the sprite, the scale and the place of the instance")

    return property(measure, put)


def side_of(instance: Any, side: int) -> float:
    """A side of an instance's bounding box: left (0), top, right, or bottom."""
    from gmlrun.space.masks import box_of

    return box_of(instance)[side]


def facts_of(instance: Any) -> SpriteFacts:
    """The facts of what an instance looks like; those of an empty sprite when it has none."""
    found = instance.__object__.world.sprites.find(instance.sprite_index)
    return SpriteFacts() if found is None else found.facts


def alarm_left(instance: Instance, number: int) -> float:
    """How many frames an alarm has left; -1 for one that is not set, or to what is no number."""
    alarms = instance.__alarm__
    value = alarms[number] if number < len(alarms) else -1.0
    if type(value) is float and value == value:
        return value // 1 if value >= 0 else -1.0
    return float(value) if type(value) in (int, bool, Int32) and value >= 0 else -1.0


class Instance(Struct):
    """An instance of an object in a room."""

    __gml_name__ = "instance"
    __is_instance__ = True
    __object__: ClassVar[Any] = None
    __dead__ = False
    """Destroyed: takes no part any more."""
    __gone__ = False
    """Destroyed, and the event that did it is over: its id leads nowhere."""
    __inactive__ = False
    __away__ = False
    """Destroyed or deactivated: gets no event."""
    __outside__ = False
    """Outside the room, as of the last look."""
    __layer__: Any = -1.0
    __hspeed__ = __vspeed__ = __speed__ = __direction__ = __gravity__ = __friction__ = 0.0

    def __repr__(self) -> str:
        """The text in a debugger; the variables are below it."""
        return f"instance {self.__id__.index} of {self.__object__.name}"

    __id__: InstanceRef
    __alarm__: list[Any]
    id: InstanceRef = property(get_id, put_id)  # type: ignore[assignment]
    alarm: list[Any] = property(get_alarm, put_alarm)  # type: ignore[assignment]
    object_index: ClassVar[Any] = None
    x: Any
    y: Any
    """The place: of the instance itself, never of its class, where CPython finds them more slowly."""
    xprevious = yprevious = xstart = ystart = 0.0
    depth = 0.0
    layer = property(attrgetter("__layer__"), put_layer)
    solid = False
    visible = True
    persistent = False
    gravity_direction = 270.0
    sprite_index: Any = -1.0
    mask_index: Any = -1.0
    image_index = image_angle = 0.0
    image_speed = image_xscale = image_yscale = image_alpha = 1.0
    image_blend: Any = 16777215.0
    bbox_left = measured("bbox_left", lambda one: side_of(one, 0))
    bbox_top = measured("bbox_top", lambda one: side_of(one, 1))
    bbox_right = measured("bbox_right", lambda one: side_of(one, 2))
    bbox_bottom = measured("bbox_bottom", lambda one: side_of(one, 3))
    image_number = measured("image_number", lambda one: float(facts_of(one).frames))
    sprite_width = measured("sprite_width", lambda one: facts_of(one).width * number_in(one, "image_xscale"))
    sprite_height = measured("sprite_height", lambda one: facts_of(one).height * number_in(one, "image_yscale"))
    sprite_xoffset = measured("sprite_xoffset", lambda one: facts_of(one).xorigin * number_in(one, "image_xscale"))
    sprite_yoffset = measured("sprite_yoffset", lambda one: facts_of(one).yorigin * number_in(one, "image_yscale"))
    path_index: Any = -1.0
    path_position = path_positionprevious = path_speed = path_orientation = path_endaction = 0.0
    path_scale = 1.0
    timeline_index: Any = -1.0
    timeline_position = 0.0
    timeline_speed = 1.0
    timeline_running = timeline_loop = False
    in_sequence = False
    sequence_instance: Any = None
    drawn_by_sequence = False
    collision_space = 0.0
    in_collision_tree = False
    on_ui_layer = False

    hspeed = coupled("hspeed", "Pixels a step to the right.")
    vspeed = coupled("vspeed", "Pixels a step downwards.")
    speed = coupled("speed", "Pixels a step along `direction`.")
    direction = coupled("direction", "Degrees, counter-clockwise from the right.")
    gravity = coupled("gravity", "Pixels a step, added along `gravity_direction` each step.")
    friction = coupled("friction", "Pixels a step, taken from `speed` each step.")


BUILTIN_VARIABLES = frozenset(n for n in vars(Instance) if not n.startswith("__")) | {"x", "y"}


def from_components(instance: Instance) -> None:
    """speed and direction from hspeed and vspeed."""
    across, down = float(instance.__hspeed__), float(instance.__vspeed__)
    instance.__speed__ = snapped(math.hypot(across, down))
    if across or down:
        instance.__direction__ = snapped(math.degrees(math.atan2(-down, across))) % 360.0


def from_polar(instance: Instance) -> None:
    """hspeed and vspeed from speed and direction."""
    angle = math.radians(float(instance.__direction__))
    instance.__hspeed__ = snapped(float(instance.__speed__) * circular(math.cos, angle))
    instance.__vspeed__ = snapped(-float(instance.__speed__) * circular(math.sin, angle))


def circular(function: Callable[[float], float], angle: float) -> float:
    """The sine or cosine of an angle; of an infinite one it is no number."""
    return function(angle) if math.isfinite(angle) else math.nan


def snapped(value: float) -> float:
    """A whole number where rounding errors alone keep a value from one."""
    whole = float(round(value)) if math.isfinite(value) else value
    return whole if abs(value - whole) < 1e-4 else value


def from_direction(instance: Instance) -> None:
    """A direction is kept within 0 to 360."""
    instance.__direction__ = float(instance.__direction__) % 360.0
    from_polar(instance)


def independent(instance: Instance) -> None:
    """gravity and friction work at the next step."""


COUPLING: dict[str, Callable[[Instance], None]] = {
    "hspeed": from_components,
    "vspeed": from_components,
    "speed": from_polar,
    "direction": from_direction,
    "gravity": independent,
    "friction": independent,
}


def accelerate(instance: Instance) -> None:
    """One step of friction and gravity."""
    if instance.__friction__:
        slower = abs(instance.__speed__) - instance.__friction__
        instance.__speed__ = math.copysign(max(0.0, slower), instance.__speed__)
        from_polar(instance)
    if instance.__gravity__:
        angle = math.radians(number_in(instance, "gravity_direction"))
        instance.__hspeed__ += instance.__gravity__ * circular(math.cos, angle)
        instance.__vspeed__ -= instance.__gravity__ * circular(math.sin, angle)
        from_components(instance)


def put_at(instance: Instance, x: float, y: float) -> None:
    """Moves an instance to a place, which the grid of its mask hears of."""
    grid = instance.__object__.grid
    if grid is None:
        instance.x, instance.y = x, y
    else:
        store(instance, "x", x)
        store(instance, "y", y)
        grid.moved[instance] = None


store = object.__setattr__


BY_ID = attrgetter("__id__.index")


def active(groups: Sequence[Iterable[Instance]]) -> list[Instance]:
    """The active ones among instances of several objects, oldest first."""
    if not groups:
        return []
    from heapq import merge

    merged = groups[0] if len(groups) == 1 else merge(*groups, key=BY_ID)
    return [instance for instance in merged if not instance.__inactive__]

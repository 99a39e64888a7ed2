"""The world: the objects of a game and their instances, in the order of their creation.

`engine/dispatch.py` runs their events, `engine/motion.py` moves them. Manual: Asset_Management/Instances.
"""

from __future__ import annotations

from gmlrun import language
from gmlrun.engine.alarms import Alarms
from gmlrun.engine.dispatch import Dispatch
from gmlrun.engine.events import CLEAN_UP, CREATE, DESTROY, PRE_CREATE
from gmlrun.engine.instances import Instance, InstanceRef, ObjectType, active, lay
from gmlrun.engine.motion import Motion
from gmlrun.errors import GmlError
from gmlrun.language import ALL, SELF, attribute
from gmlrun.runtime import GamePart
from gmlrun.space.sprites import Sprites
from gmlrun.values.model import GmlClass, Handle, Struct, own_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from gmlrun.engine.events import EventNumber
    from gmlrun.engine.instances import EventFunction
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

FIRST_INSTANCE = 100000
LAST_INSTANCE = 1 << 31
SETTINGS = ("sprite_index", "mask_index", "solid", "visible", "persistent")
"""The variables of an instance that begin as its object has them."""


class World(GamePart):
    """The objects and instances of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.sprites = rt.service(Sprites)
        self.objects: list[ObjectType] = []
        self.by_name: dict[str, ObjectType] = {}
        self.version = 0
        """How often an object was defined."""
        self.instances: dict[int, Instance] = {}
        """Every living instance, deactivated ones included, by the number of its id, oldest first."""
        self.next_id = FIRST_INSTANCE
        self.find_layer: Callable[[Value], Any] = lambda value: None
        """Looks for a layer of the current room; set by the rooms."""
        self.lists: dict[EventNumber | ObjectType, list[Instance]] = {}
        """The active instances that have an event, or that are of an object, as of the last change of who is there."""
        self.dispatch = Dispatch(self)
        self.motion = Motion(self)
        self.alarms = Alarms(self, rt.settings.draw_events)

    # ---------------------------------------------------------------- objects

    def define_object(
        self, name: str, parent: str | None = None, events: Mapping[EventNumber, EventFunction] | None = None
    ) -> ObjectType:
        """Adds an object, or replaces parent and events of one that is there; the parent must be there already."""
        found = self.declare_object(name)
        found.set_parent(self.by_name[parent] if parent else None)
        found.events = dict(events or {})
        found.forget_handlers()
        self.lists = {}
        self.version += 1
        return found

    def declare_object(self, name: str) -> ObjectType:
        """The object of that name; a new one has no events yet."""
        found = self.by_name.get(name)
        if found is None:
            found = self.by_name[name] = ObjectType(len(self.objects), name)
            found.world = self
            self.objects.append(found)
            self.rt.assets.setdefault(name, found)
        return found

    def object_of(self, value: Value) -> ObjectType | None:
        """The object that a value names: the asset itself, or its index."""
        if isinstance(value, ObjectType):
            return value
        if isinstance(value, (float, int)) and 0 <= value < len(self.objects):
            return self.objects[int(value)]
        return None

    # ---------------------------------------------------------------- targets

    def instance(self, value: Value) -> Instance | None:
        """The living instance that a handle or a number means."""
        if isinstance(value, InstanceRef):
            return None if value.instance.__dead__ else value.instance
        if isinstance(value, (float, int)) and FIRST_INSTANCE <= value < LAST_INSTANCE:
            return self.instances.get(int(value))
        return None

    def resolve(self, value: Value, self_: Value, other: Value) -> Struct | None:
        """The struct that `value.name` reads from: an instance, an object's first one, or a named target."""
        if isinstance(value, InstanceRef):
            instance = value.instance  # read once: a class with `__getattr__` gives its attributes slowly
            return None if instance.__inactive__ or instance.__gone__ else instance
        special = self._special(value, self_, other)
        if special is not None:
            return special
        found = self.targets(value, self_, other) if value != ALL else []
        return found[0] if found else None

    def _special(self, value: Value, self_: Any, other: Any) -> Struct | None:
        if isinstance(value, (float, int)):
            named: dict[float, Struct] = {SELF: self_, language.OTHER: other, language.GLOBAL: self.rt.globals}
            return named.get(value)
        return None

    def targets(self, value: Value, self_: Value, other: Value) -> list[Any]:
        """Everything that a target means, oldest first: what `with (value)` walks over."""
        if type(type(value)) is GmlClass:
            return [value]
        special = self._special(value, self_, other)
        if special is not None:
            return [special]
        if isinstance(value, (float, int)) and value == ALL:
            return [i for i in self.instances.values() if not i.__inactive__]
        found = self.object_of(value)
        if found is not None:
            return self.members(found)
        one = self.instance(value)
        if one is not None:
            return [] if one.__inactive__ else [one]
        if value is None or isinstance(value, (float, int, Handle)):
            return []
        raise GmlError("invalid target: an instance, an object or a struct is expected")

    def members(self, kind: ObjectType) -> list[Instance]:
        """The active instances of an object and of those below it, oldest first; never changed afterwards."""
        found = self.lists.get(kind)
        if found is None:
            groups = [member.instances.values() for member in kind.family() if member.instances]
            found = self.lists[kind] = active(groups) if groups else []
        return found

    def alive(self, target: Value) -> bool:
        """Whether a target still takes part: False for a destroyed or deactivated instance."""
        return not isinstance(target, Instance) or not (target.__dead__ or target.__inactive__)

    # ------------------------------------------------------- making and ending

    def create(
        self,
        kind: ObjectType,
        x: float = 0.0,
        y: float = 0.0,
        *,
        depth: float = 0.0,
        layer: Any = -1.0,
        variables: Struct | None = None,
        creator: Value = None,
    ) -> Instance:
        """Makes an instance: its variables, those of `variables`, then its Create event."""
        made = self.allocate(kind, x, y)
        lay(made, layer, depth)
        self.dispatch.perform(made, (PRE_CREATE, 0), creator)
        if variables is not None:
            for name, value in own_variables(variables):
                setattr(made, attribute(name), value)
        self.dispatch.perform(made, (CREATE, 0), creator)
        return made

    def allocate(self, kind: ObjectType, x: float, y: float, number: int | None = None) -> Instance:
        """An instance with its id and place, before any of its events."""
        made = kind.instance_class()
        made.__away__ = False  # of its own: CPython reads an instance's attribute three times as fast as a class's
        if number is None:
            number, self.next_id = self.next_id, self.next_id + 1
        made.__id__ = InstanceRef(number, made)
        made.x = made.xstart = made.xprevious = x
        made.y = made.ystart = made.yprevious = y
        made.__alarm__ = [-1.0] * 12
        self.instances[number] = kind.instances[number] = made
        self.lists = {}
        return made

    def destroy(self, instance: Instance, run_event: bool = True) -> None:
        """Runs Destroy (if wanted) and Clean Up, and takes the instance out; once."""
        if instance.__dead__ or "__ending__" in vars(instance):
            return
        vars(instance)["__ending__"] = True
        if run_event:
            self.dispatch.perform(instance, (DESTROY, 0))
        self.remove(instance)

    def remove(self, instance: Instance) -> None:
        """Clean Up without Destroy: what the end of a room or of the game does."""
        if instance.__dead__:
            return
        self.dispatch.perform(instance, (CLEAN_UP, 0))
        instance.__dead__ = instance.__away__ = True
        number = instance.id.index
        self.instances.pop(number, None)
        self.motion.forget(instance)
        instance.__object__.instances.pop(number, None)
        if instance.__object__.grid is not None:
            instance.__object__.grid.drop(instance)
        self.lists = {}
        self.dispatch.leave(instance)

    def set_active(self, instances: Iterable[Instance], is_active: bool) -> None:
        """Deactivates instances, so that no event, `with` or dot finds them, or takes them back in."""
        for instance in instances:
            instance.__inactive__ = instance.__away__ = not is_active
        self.lists = {}

    def set_aside(self, instances: Iterable[Instance]) -> None:
        """Takes instances out as they are, for a persistent room that the game leaves."""
        for instance in instances:
            self.instances.pop(instance.id.index, None)
            instance.__object__.instances.pop(instance.id.index, None)
            self.motion.moving.pop(instance, None)
            instance.__away__ = True
        self.lists = {}

    def bring_back(self, instances: Iterable[Instance]) -> None:
        """Puts in again what was set aside."""
        for instance in instances:
            self.instances[instance.id.index] = instance
            instance.__object__.instances[instance.id.index] = instance
            self.motion.moving[instance] = None
            instance.__away__ = instance.__inactive__
        self.instances = dict(sorted(self.instances.items()))
        for kind in {instance.__object__ for instance in instances}:
            kind.instances = dict(sorted(kind.instances.items()))
        self.lists = {}

    def change(self, instance: Instance, kind: ObjectType) -> None:
        """Makes an instance one of another object, whose sprite, mask and settings it takes; its variables stay."""
        for name in SETTINGS:
            vars(instance).pop(name, None)
        instance.__object__.instances.pop(instance.id.index, None)
        if instance.__object__.grid is not None:
            instance.__object__.grid.drop(instance)
        instance.__class__ = kind.instance_class
        instance.__away__ = instance.__away__  # a change, of which the grid of its masks hears
        kind.instances[instance.id.index] = instance
        kind.instances = dict(sorted(kind.instances.items()))
        self.lists = {}

"""Rooms and their layers: what a room holds goes in, its instances come to be when the game enters it.

A change of room waits for the end of the phase that asked for it (`Loop` sees to that). Manual:
Asset_Management/Rooms; The_Asset_Editors/Object_Properties/Event_Order.
"""

from __future__ import annotations

from gmlrun.engine.events import CREATE, GAME_START, OTHER, PRE_CREATE, ROOM_END, ROOM_START
from gmlrun.engine.instances import InstanceRef, ObjectType, lay
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.language import NOONE, attribute
from gmlrun.lean import NamedTuple
from gmlrun.runtime import GamePart
from gmlrun.values.model import AssetRef, Handle
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from gmlrun.engine.elements import Element, ElementPlan, Elements
    from gmlrun.engine.instances import Instance
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value


class Layer(Handle):
    """A layer of a room: it has a name and a depth, and instances and other elements lie on it."""

    __slots__ = ("begin", "depth", "elements", "end", "hspeed", "name", "shader", "visible", "vspeed", "x", "y")

    def __init__(self, index: int, name: str, depth: float) -> None:
        super().__init__("layer", index)
        self.name = name
        self.depth = depth
        self.visible = True
        self.x = self.y = self.hspeed = self.vspeed = 0.0
        self.begin: Value = -1.0
        self.end: Value = -1.0
        """The functions that run before and after the layer is drawn, which it never is."""
        self.shader: Value = -1.0
        self.elements: list[Element] = []
        """The elements of the layer besides instances."""

    def scroll(self) -> None:
        """One step of its motion."""
        self.x += self.hspeed
        self.y += self.vspeed


class Placement:
    """An instance that a room makes when it is entered.

    `variables` replace built-in and defined variables; `prepare` runs after the object's own variable
    definitions, `code` after Create; both are called as `fn(other, self)`.
    """

    def __init__(
        self,
        kind: ObjectType,
        x: float = 0.0,
        y: float = 0.0,
        layer: str = "",
        variables: dict[str, Any] | None = None,
        prepare: Callable[..., Any] | None = None,
        code: Callable[..., Any] | None = None,
        number: int | None = None,
    ) -> None:
        self.kind = kind
        self.x, self.y = x, y
        self.layer = layer
        self.variables = variables or {}
        self.prepare, self.code = prepare, code
        self.number = number
        """The instance's id, given when the game starts, so that code can name it before it is there."""

    def copy(self) -> Placement:
        """The same placement of an instance that has no id yet."""
        return Placement(self.kind, self.x, self.y, self.layer, self.variables, self.prepare, self.code)


class LayerPlan(NamedTuple):
    """A layer as the room asset has it."""

    name: str
    depth: float = 0.0
    visible: bool = True
    x: float = 0.0
    y: float = 0.0
    hspeed: float = 0.0
    vspeed: float = 0.0
    elements: Sequence[ElementPlan] = ()


class Room(AssetRef):
    """A room asset: its size, its layers, and what stands in it at the start."""

    __slots__ = ("code", "has_views", "height", "kept", "layers", "persistent", "placements", "speed", "views", "width")

    def __init__(self, index: int, name: str, width: float = 1366.0, height: float = 768.0) -> None:
        super().__init__("room", index, name)
        self.width = width
        self.height = height
        self.persistent = False
        self.speed: float | None = None
        """Steps a second in this room, for a room of 1.4; None leaves the game's speed as it is."""
        self.layers: list[LayerPlan] = []
        self.placements: list[Placement] = []
        """In the order in which the instances are created."""
        self.code: Callable[..., Any] | None = None
        self.kept: KeptRoom | None = None
        self.has_views = False
        """Whether its views are shown, or the whole room."""
        self.views: Sequence[Mapping[str, Any]] = ()
        """The values of its views' variables when it is entered."""

    def take(self, source: Room) -> None:
        """Takes over what another room holds; the instances get ids of their own."""
        self.width, self.height = source.width, source.height
        self.persistent, self.speed, self.code = source.persistent, source.speed, source.code
        self.layers, self.views, self.has_views = list(source.layers), source.views, source.has_views
        self.placements = [placement.copy() for placement in source.placements]


class KeptRoom(NamedTuple):
    """The state of a persistent room while the game is elsewhere."""

    instances: list[Instance]
    layers: dict[int, Layer]


def nobody(world: World) -> Instance:
    """The instance that runs the creation code of a room: of no object and in no room, at 0, 0."""
    kind = ObjectType(int(NOONE), "")
    kind.world = world
    made = kind.instance_class()
    made.x = made.y = 0.0
    made.__id__, made.__alarm__ = InstanceRef(int(NOONE), made), [-1.0] * 12
    return made


class Rooms(GamePart):
    """The rooms of one game, in their order, and the one that it is in."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.world = rt.service(World)
        self.world.find_layer = self.layer
        self.dispatch = self.world.dispatch
        self.rooms: list[Room] = []
        self.current: Room | None = None
        self.pending: Room | None = None
        """Where the game goes when the phase that runs is over."""
        self.layers: dict[int, Layer] = {}
        self.next_layer = 0
        self.visits = 0
        self.places_at_once = False
        """Whether all instances of a room are there before the first of their Create events."""
        """How many times a room has been entered."""
        self._elements: Elements | None = None
        self.set_speed: Callable[[float], None] = lambda frames_a_second: None
        """Tells the loop how many frames a second a room wants."""
        self.reset_target: Callable[[], None] = lambda: None
        """Makes layer functions act on the current room again; set by what makes them act on another one."""
        self.clock: Callable[[], tuple[int, float]] = lambda: (0, 60.0)
        """Tells how many frames there have been, and how many there are a second; set by the loop."""

    def add(self, name: str) -> Room:
        """A new, empty room at the end of the order."""
        room = Room(len(self.rooms), name)
        self.rooms.append(room)
        self.rt.assets.setdefault(name, room)
        return room

    def find(self, value: Value) -> Room | None:
        """The room that a value names: the asset itself or its index."""
        if isinstance(value, Room):
            return value
        if isinstance(value, (float, int)) and 0 <= value < len(self.rooms):
            return self.rooms[int(value)]
        return None

    def get(self, value: Value) -> Room:
        """Like `find`; raises GmlError when there is none."""
        found = self.find(value)
        if found is None:
            raise GmlError(f"Unexisting room number: {quoted(value)}")
        return found

    def beside(self, room: Room | None, step: int) -> Room | None:
        """The room before (-1) or after (1) another one."""
        if room is None or room not in self.rooms:
            return None
        at = self.rooms.index(room) + step
        return self.rooms[at] if 0 <= at < len(self.rooms) else None

    # ----------------------------------------------------------------- layers

    @property
    def elements(self) -> Elements:
        """The elements of layers besides instances, of which most programs have none."""
        if self._elements is None:
            from gmlrun.engine.elements import Elements

            self._elements = self.rt.service(Elements)
            self._elements.clock = self.clock
        return self._elements

    def add_layer(self, name: str, depth: float) -> Layer:
        """A new layer in the current room."""
        made = Layer(self.next_layer, name or f"_layer_{self.next_layer:08X}", depth)
        self.layers[made.index] = made
        self.next_layer += 1
        return made

    def layer(self, value: Value) -> Layer | None:
        """A layer of the current room by its handle, its name or its number."""
        if isinstance(value, Layer):
            return value if self.layers.get(value.index) is value else None
        if isinstance(value, str):
            return next((one for one in self.layers.values() if one.name == value), None)
        return self.layers.get(value) if isinstance(value, (float, int)) else None  # type: ignore[arg-type]

    # --------------------------------------------------------------- entering

    def start(self, first: Room) -> None:
        """Enters the first room of a run, or the first one again after `game_restart`."""
        self.number_placements()
        self._enter(first, is_start=True)

    def number_placements(self) -> None:
        """Gives every instance that stands in a room its id."""
        for room in self.rooms:
            for placement in room.placements:
                if placement.number is None:
                    placement.number, self.world.next_id = self.world.next_id, self.world.next_id + 1

    def change(self) -> None:
        """Goes to the pending room: ends the current one, then enters it."""
        room, self.pending = self.pending, None
        if room is not None:
            self.leave()
            self._enter(room, is_start=False)

    def leave(self) -> None:
        """Room End for all, then Clean Up for those that do not go along."""
        self.reset_target()
        self.dispatch.broadcast((OTHER, ROOM_END))
        staying = [i for i in self.world.instances.values() if not i.persistent]
        if self.current is not None and self.current.persistent:
            self.current.kept = KeptRoom(staying, self.layers)
            self.world.set_aside(staying)
        else:
            for instance in staying:
                self.dispatch.guard(self.world.remove, instance)
            if self._elements is not None:
                self._elements.forget(list(self.layers.values()))

    def all_instances(self, kind: ObjectType) -> list[Instance]:
        """The instances of exactly one object, deactivated ones and those in persistent rooms elsewhere included."""
        elsewhere = [one for room in self.rooms if room.kept is not None for one in room.kept.instances]
        return [*kind.instances.values(), *(one for one in elsewhere if one.__object__ is kind)]

    def end(self) -> None:
        """Room End, when the game ends in this room."""
        self.dispatch.broadcast((OTHER, ROOM_END))

    def forget(self) -> None:
        """Drops what persistent rooms have kept, when the game begins again."""
        for room in self.rooms:
            room.kept = None

    def _enter(self, room: Room, is_start: bool) -> None:
        self.current = room
        self.visits += 1
        self._keep_time(room)
        kept, room.kept = room.kept, None
        going_along = list(self.world.instances.values())
        self.layers = {} if kept is None else kept.layers
        if kept is None:
            self._build(room, is_start, going_along)
        else:
            self._carry(going_along)
            self.world.bring_back(kept.instances)
        self.dispatch.broadcast((OTHER, ROOM_START))

    def _carry(self, instances: list[Instance]) -> None:
        """Puts persistent instances on the layers that are called as theirs were; such a layer is made if need be."""
        for instance in instances:
            before = instance.layer
            if isinstance(before, Layer):
                found = self.layer(before.name) or self.add_layer(before.name, before.depth)
                lay(instance, found, found.depth)

    def _keep_time(self, room: Room) -> None:
        if room.speed is not None and self.rt.settings.fps is None:
            self.set_speed(room.speed)

    def _build(self, room: Room, is_start: bool, going_along: list[Instance]) -> None:
        """Makes what the room asset holds, in GameMaker's order."""
        for plan in room.layers:
            self.lay_out(plan)
        self._carry(going_along)
        if self.places_at_once:
            for placement, made in [(each, self._allocated(each)) for each in room.placements]:
                self.dispatch.guard(self._bring_to_life, placement, made)
        else:
            for placement in room.placements:
                self.dispatch.guard(self._place, placement)
        if is_start:
            self.dispatch.broadcast((OTHER, GAME_START))
        if room.code is not None:
            self.dispatch.guard(room.code, None, nobody(self.world))

    def lay_out(self, plan: LayerPlan) -> None:
        """Makes a layer with all but its instances."""
        layer = self.add_layer(plan.name, plan.depth)
        layer.visible, layer.x, layer.y, layer.hspeed, layer.vspeed = plan[2:7]
        for element in plan.elements:
            self.elements.build(layer, element)

    def scroll(self) -> None:
        """One step of the layers that have a speed."""
        for layer in self.layers.values():
            if layer.hspeed or layer.vspeed:
                layer.scroll()

    def _place(self, placement: Placement) -> None:
        self._bring_to_life(placement, self._allocated(placement))

    def _allocated(self, placement: Placement) -> Instance:
        """The instance of a placement, before any of its events."""
        world = self.world
        taken = placement.number in world.instances
        made = world.allocate(placement.kind, placement.x, placement.y, None if taken else placement.number)
        layer = self.layer(placement.layer)
        if layer is not None:
            lay(made, layer, layer.depth)
        return made

    def _bring_to_life(self, placement: Placement, made: Instance) -> None:
        """Runs what makes a placed instance what it is; an earlier one may have destroyed it."""
        world = self.world
        if made.__dead__:
            return
        world.dispatch.perform(made, (PRE_CREATE, 0))
        for name, value in placement.variables.items():
            setattr(made, attribute(name), value)
        if placement.prepare is not None:
            placement.prepare(made, made)
        world.dispatch.perform(made, (CREATE, 0))
        if placement.code is not None and not made.__dead__:
            placement.code(made, made)

"""The game loop: phases, frames and waiting; the network's messages and the clock go in, events come out.

A frame is due at the game's speed, counted from one fixed moment, so that it does not drift; without a
step event, an alarm or a time source none is due, and the process sleeps in the backend's `poll`.
Manual: The_Asset_Editors/Object_Properties/Event_Order.
"""

from __future__ import annotations

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import (
    BOUNDARY_EVENTS,
    COLLISION,
    DRAW,
    GAME_END,
    GESTURE,
    KEY_PRESS,
    KEY_RELEASE,
    KEYBOARD,
    MOUSE,
    OTHER,
    PICTURE_EVENTS,
    STEP,
)
from gmlrun.engine.rooms import Rooms
from gmlrun.engine.timers import Timers
from gmlrun.engine.world import World
from gmlrun.lean import deque
from gmlrun.runtime import GamePart
from gmlrun.sandbox.watchdog import Watchdog
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from gmlrun.engine.instances import Instance
    from gmlrun.engine.rooms import Room
    from gmlrun.runtime import Runtime

DEFAULT_SPEED = 60.0
"""Frames a second."""
LATEST = 0.25
"""Seconds: a game that is further behind than this drops frames instead of catching up."""
MOST_TURNS = 16
"""Changes of the room that one frame makes, each asked for by the one before."""
FLUSH_TIME = 5.0
"""Seconds that the end of the game waits for what is still to be sent."""
INPUT_TYPES = frozenset((KEYBOARD, MOUSE, KEY_PRESS, KEY_RELEASE, GESTURE))
"""The types of the events of keyboard and mouse."""
VIEW_EVENTS = frozenset(BOUNDARY_EVENTS[2:])
"""The events of the views of cameras."""
DRAW_ORDER = (76, 72, 0, 73, 77, 74, 64, 75)
"""Pre-Draw, Draw Begin, Draw, Draw End, Post-Draw, and those of the GUI."""


class Loop(GamePart):
    """Runs one game. `on_error` takes an unhandled error when the game is to go on after it."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.world = rt.service(World)
        self.dispatch = self.world.dispatch
        self.rooms = rt.service(Rooms)
        self.timers = rt.service(Timers)
        self.rooms.set_speed = self.set_speed
        self.rooms.clock = lambda: (self.frames, self.speed)
        self.events = rt.service(AsyncEvents)
        if rt.backend is not None:
            from gmlrun.engine.sockets import Sockets

            rt.service(Sockets)
        self.on_error: Callable[[BaseException], None] = lambda error: None
        self.said: list[Any] = []
        """The texts that the pictures of this frame broadcast, with their instances."""
        self.pictures_are_read = False
        """Whether code asks for `image_index`, or an object has Animation End events, so that pictures advance."""
        self.persistent_program = False
        """Whether the game goes on until `game_end`, also when nothing is left that could happen."""
        self.speed = rt.settings.fps or DEFAULT_SPEED
        self.frames = 0
        self.frame_seconds = 1.0 / self.speed
        """How long the last frame took (`delta_time` in seconds)."""
        self.ending: int | None = None
        """The exit code, once the game is to end."""
        self.restarting = False
        self.calls: deque[Callable[[], Any]] = deque()
        """The functions that other threads want called, between two events."""
        self.input: Any = None
        """The keyboard, mouse and gamepads (`Input`), as soon as somebody uses them or asks for them."""
        self.make_input: Callable[[], Any] = lambda: None
        """Makes them, for a program with events of theirs."""
        self.sequences: Any = None
        """The sequences that are played (`Sequences`), where there are any."""
        self.timelines: Any = None
        """The timelines (`Timelines`), where code asks for one."""
        self.cameras: Any = None
        """The cameras and views (`Cameras`), as soon as somebody asks for them."""
        self.make_cameras: Callable[[], Any] = lambda: None
        """Makes them, where an object has events of views."""
        self.reminders: list[tuple[float, Callable[[], None]]] = []
        """The functions to be called once, each with when on the game's clock."""
        self.on_call: Callable[[], None] = lambda: None
        """Is told of a call from outside, where something else than the loop waits."""
        self._is_ticking = True
        """Whether frames were needed when that was last looked at; what can change it runs in `advance`."""
        self._last_frame = rt.clock.monotonic()
        self._next_frame = self._last_frame + 1.0 / self.speed

    # ------------------------------------------------------------------ asking

    def request_end(self, code: int = 0) -> None:
        """Ends the game when the phase that runs is over; for signal handlers and other threads as well."""
        self.ending = code
        self.rt.network.interrupt()
        self.on_call()

    def call_soon(self, function: Callable[[], Any]) -> None:
        """Calls a function at the next turn of the loop; for other threads."""
        self.calls.append(function)
        self.rt.network.wake()
        self.on_call()

    def remind(self, seconds: float, action: Callable[[], None]) -> None:
        """Calls a function once, after a number of seconds at the earliest."""
        self.reminders.append((self.rt.clock.monotonic() + seconds, action))

    def set_speed(self, frames_a_second: float) -> None:
        """Sets how many frames a second there are, from now on."""
        self.speed = max(frames_a_second, 1e-3)
        self._next_frame = self.rt.clock.monotonic() + 1.0 / self.speed

    @property
    def is_turning(self) -> bool:
        """Whether the frame that runs ends early: the room changes, or the game ends."""
        return self.ending is not None or self.changes_room

    @property
    def changes_room(self) -> bool:
        """Whether the game is to begin anew, or to go to another room."""
        return self.restarting or self.rooms.pending is not None

    # ----------------------------------------------------------------- running

    def run(self, until: Callable[[], bool] = lambda: False) -> int:
        """Runs until the game ends, nothing is left to happen, or `until()`; returns the exit code."""
        if self.rt.settings.on_error == "continue":
            self.dispatch.on_error = self.on_error
        self.begin()
        while self.goes_on() and not until():
            self.wait()
            self.advance()
        return self.finish(self.natural_end if self.ending is None else self.ending)

    @property
    def natural_end(self) -> int:
        """The exit code where nothing is left to happen: 1 for a program that was to listen and could not."""
        return int(self.rt.listening is False)

    def begin(self) -> None:
        """Starts counting frames; what the start of the program left to do is done."""
        self.note_code()
        self._last_frame = self.rt.clock.monotonic()
        self._next_frame = self._last_frame + 1.0 / self.speed
        self.turn()
        self._is_ticking = self.is_ticking()

    def goes_on(self) -> bool:
        """Whether the game has not ended, and something is left that can happen."""
        return self.ending is None and (self.persistent_program or self.has_work())

    def next_due(self) -> float | None:
        """When the next frame is due, on the game's clock; None when none is needed."""
        return self._next_frame if self._is_ticking or self.events.queue or self.changes_room else None

    def note_code(self) -> None:
        """Looks what the code that is linked asks for: what nobody asks for is not kept up to date."""
        events = {number for kind in self.world.objects for number in kind.events}
        types = {type_ for type_, _ in events}
        spaces = list(self.rt.namespaces)
        self.world.motion.places_are_read = COLLISION in types or wants(spaces, "gml_reads_places")
        if not events.isdisjoint(VIEW_EVENTS):
            self.make_cameras()
        self.pictures_are_read = not events.isdisjoint(PICTURE_EVENTS) or wants(spaces, "gml_reads_pictures")
        if wants(spaces, "gml_runs_timelines"):
            from gmlrun.engine.timelines import Timelines

            self.timelines = self.rt.service(Timelines)
        if self.rt.settings.input or not types.isdisjoint(INPUT_TYPES):
            self.make_input()

    def has_work(self) -> bool:
        """Whether something can still happen by itself: an event, a timer, a socket."""
        return self._is_ticking or self.events.is_busy or self.rt.network.any_open or self.is_turning

    def is_ticking(self) -> bool:
        """Whether frames are needed at all: for steps and alarms, for time sources, or because they are counted."""
        world = self.world
        if world.alarms.need_frames() or self.timers.running() or (self.input is not None and self.input.is_busy):
            return True
        if self.timelines is not None and self.timelines.is_busy:
            return True
        return self.rt.settings.exit_at_frame is not None or bool(world.motion.moving and self.persistent_program)

    def wait(self) -> None:
        """Sleeps until a message, or until the next frame is due."""
        self.rt.network.poll(self.patience())

    def patience(self) -> float | None:
        """Seconds until the loop has something to do by itself; None when only a message can bring it."""
        if self.calls or (self.events.queue and not self.rt.settings.frame_async):
            return 0.0
        if self._is_ticking or self.events.queue or self.changes_room:
            return max(0.0, self._next_frame - self.rt.clock.monotonic())
        if self.reminders:
            return max(0.0, min(moment for moment, _ in self.reminders) - self.rt.clock.monotonic())
        return None

    def _remind(self, now: float) -> None:
        """Calls the functions whose time has come."""
        due = [reminder for reminder in self.reminders if reminder[0] <= now]
        self.reminders = [reminder for reminder in self.reminders if reminder[0] > now]
        for _, action in due:
            action()

    def advance(self) -> None:
        """Runs what is due: the events of what has arrived, then a frame if it is time."""
        while self.calls:
            self.phase(self.calls.popleft())
        if self.events.queue and not self.rt.settings.frame_async:
            self.phase(self.events.deliver)
        now = self.rt.clock.monotonic()
        if self.reminders:
            self._remind(now)
        self._is_ticking = self.is_ticking()
        if not (self._is_ticking or self.events.queue):
            if self.changes_room:
                self.turn()
                self._is_ticking = self.is_ticking()
            self._last_frame, self._next_frame = now, now + 1.0 / self.speed
        elif now >= self._next_frame and self.ending is None:
            behind = now - self._next_frame > LATEST
            self._next_frame = (now if behind else self._next_frame) + 1.0 / self.speed
            self.frame()
            self._is_ticking = self.is_ticking()

    def frame(self) -> None:
        """One step of the game."""
        now = self.rt.clock.monotonic()
        self.frame_seconds, self._last_frame = now - self._last_frame, now
        phases = iter(PHASES)
        while not self.phase(self._run_phases, phases) and not self.is_turning:
            pass  # the phases behind one that failed
        self.turn()
        self.frames += 1
        if self.frames == self.rt.settings.exit_at_frame and self.ending is None:
            self.ending = 0

    def _run_phases(self, phases: Iterator[Callable[[Loop], None]]) -> None:
        """Runs phases until the frame ends early; where one fails, those behind it are left."""
        rooms = self.rooms
        for run in phases:
            run(self)
            if self.ending is not None or self.restarting or rooms.pending is not None:  # as `is_turning`
                return

    def phase(self, run: Callable[..., None], *args: Any) -> bool:
        """Runs a phase; an error that gets out of it is reported or ends the game. Returns whether there was none."""
        return self.dispatch.guard(run, *args)

    def turn(self) -> None:
        """Does what waited for the end of a phase: restarts the game, or changes the room.

        Where each room leads to another, the next frame goes on with it: other things have their turn.
        """
        for _ in range(MOST_TURNS):
            if self.ending is not None or not self.changes_room:
                return
            if self.restarting:
                self._restart()
            else:
                self.phase(self.rooms.change)

    def _restart(self) -> None:
        self.restarting, self.rooms.pending = False, None
        first: Room | None = self.rooms.rooms[0] if self.rooms.rooms else None
        self.dispatch.broadcast((OTHER, GAME_END))
        self._clean_up()
        self.timers.forget_calls()
        if first is not None:
            self.rooms.forget()
            self.rooms.start(first)

    # ------------------------------------------------------------------ ending

    def finish(self, code: int, events: bool = True) -> int:
        """Ends the game: its last events (unless an error ended it), then sockets; returns the exit code."""
        self.end(code, events)
        self.rt.network.close_all(FLUSH_TIME)
        return code if self.ending is None else self.ending

    def end(self, code: int, events: bool = True) -> None:
        """Ends the game but for its sockets: Room End, Game End, Clean Up, unless an error ended it."""
        self.ending = code
        self.rt.network.is_interrupted = False
        self.rt.service(Watchdog).let_finish()
        if events:
            self.phase(self._last_events)

    def _last_events(self) -> None:
        self.rooms.end()
        self.dispatch.broadcast((OTHER, GAME_END))
        self._clean_up()

    def _clean_up(self) -> None:
        for instance in list(self.world.instances.values()):
            self.dispatch.guard(self.world.remove, instance)


# ---------------------------------------------------------------------- phases


def begin_input(loop: Loop) -> None:
    if loop.input is not None:
        loop.input.begin_frame()


def keep_places(loop: Loop) -> None:
    loop.world.motion.keep_places()


def animation(loop: Loop) -> None:
    if loop.pictures_are_read or loop.world.sprites.have_frame_masks:
        from gmlrun.engine.animation import animate

        loop.said = animate(loop.world, loop.speed)


def sprite_messages(loop: Loop) -> None:
    if loop.said:
        from gmlrun.engine.animation import broadcast_messages

        broadcast_messages(loop.rt, loop.sequences, loop.said)


def sequences(loop: Loop) -> None:
    if loop.sequences is not None:
        loop.sequences.advance()


def begin_step(loop: Loop) -> None:
    if loop.sequences is not None:
        loop.sequences.broadcast("event_step_begin")
    loop.dispatch.broadcast((STEP, 1))


def queued_events(loop: Loop) -> None:
    loop.events.deliver()


def timelines(loop: Loop) -> None:
    if loop.timelines is not None:
        loop.timelines.run()


def time_sources(loop: Loop) -> None:
    loop.timers.tick(loop.frame_seconds)


def alarms(loop: Loop) -> None:
    loop.world.alarms.run()


def input_events(loop: Loop) -> None:
    if loop.input is not None:
        loop.input.run_events()


def step(loop: Loop) -> None:
    loop.dispatch.broadcast((STEP, 0))


def motion(loop: Loop) -> None:
    loop.world.motion.run()
    loop.rooms.scroll()


def boundaries(loop: Loop) -> None:
    room, world = loop.rooms.current, loop.world
    if room is not None and not world.dispatch.numbers_there().isdisjoint(BOUNDARY_EVENTS):
        from gmlrun.space.boundaries import cross_boundaries

        cross_boundaries(world, room, loop.cameras)


def collisions(loop: Loop) -> None:
    if loop.dispatch.has_event(COLLISION):
        from gmlrun.space.collisions import Collisions

        loop.rt.service(Collisions).run()


def end_step(loop: Loop) -> None:
    if loop.sequences is not None:
        loop.sequences.broadcast("event_step_end")
    loop.dispatch.broadcast((STEP, 2))


def views(loop: Loop) -> None:
    if loop.cameras is not None:
        loop.cameras.update()


def draw(loop: Loop) -> None:
    if loop.rt.settings.draw_events:
        for number in DRAW_ORDER:
            loop.dispatch.run_in(iter(in_drawing_order(loop.dispatch.listeners((DRAW, number)))), (DRAW, number))


def wants(namespaces: list[dict[str, Any]], name: str) -> bool:
    """Whether code of one of the namespaces asks for something."""
    return any(namespace[name] for namespace in namespaces)


def in_drawing_order(instances: list[Instance]) -> list[Instance]:
    """The visible ones among instances, the deepest first."""
    shown = [one for one in instances if one.visible and getattr(one.layer, "visible", True)]
    return sorted(shown, key=lambda one: -number_in(one, "depth"))


PHASES: tuple[Callable[[Loop], None], ...] = (
    begin_input,
    keep_places,
    animation,
    begin_step,
    queued_events,
    timelines,
    time_sources,
    alarms,
    input_events,
    sequences,
    step,
    sprite_messages,
    motion,
    boundaries,
    collisions,
    end_step,
    views,
    draw,
)
"""The phases of a frame, in order; Draw events only run where they are asked for."""

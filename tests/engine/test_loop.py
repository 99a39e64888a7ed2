"""The loop: frames by the clock, phases, errors, and when a program ends."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.loop import Loop
from gmlrun.engine.rooms import Rooms
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.game import Game
from gmlrun.net.payload import Payload
from gmlrun.runtime import Clock, NoNetwork, Runtime, Settings

STEP, BEGIN, END, ALARM, CREATE, GAME_END = (3, 0), (3, 1), (3, 2), (2, 0), (0, 0), (7, 3)


class FakeClock(Clock):
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = 100.0

    def monotonic(self) -> float:
        return self.time


class SleepingBackend:
    """A network on which nothing happens; notes how long it was asked to wait."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.payload = Payload()
        self.waits: list[float | None] = []

    def poll(self, timeout: float | None) -> list[Any]:
        self.waits.append(timeout)
        self.clock.time += timeout or 0.0
        return []

    def wake(self) -> None:
        """Nobody waits."""

    def close_all(self, timeout: float) -> None:
        """Nothing is open."""


def game(**settings: Any) -> tuple[Runtime, World, Loop]:
    clock = FakeClock()
    rt = Runtime(Settings(**settings), clock=clock, backend=SleepingBackend(clock))
    return rt, rt.service(World), rt.service(Loop)


def noting(notes: list[str], word: str) -> Callable[[Any, Any], None]:
    return lambda other, self: notes.append(word)


def test_the_phases_of_a_frame_are_in_order() -> None:
    _, world, loop = game()
    notes: list[str] = []
    events = {number: noting(notes, word) for number, word in ((STEP, "step"), (BEGIN, "begin"), (END, "end"))}
    made = world.create(world.define_object("o", None, {**events, ALARM: noting(notes, "alarm")}))
    made.alarm[0] = 1.0
    loop.frame()
    assert notes == ["begin", "alarm", "step", "end"]


def test_frames_do_not_drift_when_they_take_time() -> None:
    rt, world, loop = game(fps=10.0, exit_at_frame=5)
    clock: Any = rt.clock
    starts: list[float] = []

    def slow(other: Any, self: Any) -> None:
        starts.append(clock.time)
        clock.time += 0.04

    world.create(world.define_object("o", None, {STEP: slow}))
    assert loop.run() == 0
    assert starts == pytest.approx([100.1, 100.2, 100.3, 100.4, 100.5])


def test_a_game_that_is_far_behind_drops_frames() -> None:
    rt, world, loop = game(fps=10.0, exit_at_frame=3)
    clock: Any = rt.clock
    starts: list[float] = []

    def hangs_once(other: Any, self: Any) -> None:
        starts.append(clock.time)
        clock.time += 2.0 if len(starts) == 1 else 0.0

    world.create(world.define_object("o", None, {STEP: hangs_once}))
    loop.run()
    assert starts == pytest.approx([100.1, 102.1, 102.2])


def test_nothing_ticks_without_a_step_event() -> None:
    rt, world, loop = game()
    loop.persistent_program = True
    world.create(world.define_object("o", None, {ALARM: noting([], "")}))
    turns = iter([False, False, True])
    loop.run(until=lambda: next(turns))
    assert rt.backend.waits == [None, None]
    assert loop.frames == 0


def test_what_another_thread_asked_for_before_the_network_was_there_is_done_at_once() -> None:
    rt, _, loop = game()
    loop.persistent_program = True
    network, rt.network = rt.network, NoNetwork()
    loop.call_soon(lambda: loop.request_end(3))
    rt.network = network
    assert loop.run() == 3
    assert rt.backend.waits == [0.0]


def test_reminders_of_one_moment_are_all_called() -> None:
    _, _, loop = game()
    loop.persistent_program = True
    called: list[int] = []
    for number in (1, 2):
        loop.remind(0.5, lambda number=number: called.append(number))  # type: ignore[misc]
    loop.run(until=lambda: len(called) == 2)
    assert called == [1, 2]


def test_a_plain_program_ends_when_nothing_is_left() -> None:
    rt, world, loop = game()
    notes: list[str] = []
    world.create(world.define_object("o", None, {GAME_END: noting(notes, "game end")}))
    assert loop.run() == 0
    assert notes == ["game end"]
    assert rt.backend.waits == []


def test_a_program_waits_for_results_under_way() -> None:
    rt, _, loop = game()
    events = rt.service(AsyncEvents)
    events.expected = 1
    turns = iter(range(5))

    def arrive() -> bool:
        if next(turns) == 2:
            events.expected = 0
            events.post(62, {"id": 1.0})
        return False

    assert loop.run(until=arrive) == 0
    assert not events.is_busy


def test_the_end_skips_the_rest_of_the_frame() -> None:
    _, world, loop = game()
    notes: list[str] = []
    events = {STEP: lambda other, self: loop.request_end(3), END: noting(notes, "end")}
    world.create(world.define_object("o", None, events))
    assert loop.run() == 3
    assert notes == []


def failing(other: Any, self: Any) -> None:
    raise GmlError("broken")


def test_an_error_ends_the_game() -> None:
    _, world, loop = game()
    world.create(world.define_object("o", None, {STEP: failing}))
    with pytest.raises(GmlError, match="broken"):
        loop.run()
    assert world.dispatch.error_where == "Step Event0 for object o"


def test_the_game_goes_on_after_an_error_if_asked_to() -> None:
    _, world, loop = game(on_error="continue", exit_at_frame=2)
    errors: list[BaseException] = []
    notes: list[str] = []
    loop.on_error = errors.append
    first, second = (
        world.define_object("a", None, {STEP: failing}),
        world.define_object("b", None, {STEP: noting(notes, "b")}),
    )
    for kind in (first, second, first, second):
        world.create(kind)
    assert loop.run() == 0
    assert len(errors) == 4
    assert notes == ["b"] * 4


def test_events_wait_for_the_frame_with_frame_async() -> None:
    rt, world, loop = game(frame_async=True)
    notes: list[str] = []
    world.create(world.define_object("o", None, {(7, 68): noting(notes, "net"), BEGIN: noting(notes, "begin")}))
    rt.service(AsyncEvents).post(68, {"type": 1.0})
    loop.advance()
    assert notes == []
    loop.frame()
    assert notes == ["begin", "net"]


def test_a_restart_begins_in_the_first_room() -> None:
    rt, world, loop = game()
    notes: list[str] = []
    room = rt.service(Rooms).add("room_first")
    kind = world.define_object("o", None, {CREATE: noting(notes, "create"), (7, 2): noting(notes, "game start")})
    rt.globals.kept = 1.0  # type: ignore[attr-defined]
    from gmlrun.engine.rooms import Placement

    room.placements.append(Placement(kind, 1.0, 2.0))
    rt.service(Rooms).start(room)
    first = next(iter(world.instances.values()))
    loop.restarting = True
    loop.turn()
    assert notes == ["create", "game start"] * 2
    assert [i.id.index for i in world.instances.values()] == [first.id.index]
    assert rt.globals.kept == 1.0  # type: ignore[attr-defined]


class Jumping(Clock):
    """The machine's clock is set while a game runs: back and forth, by seconds up to centuries."""

    def __init__(self) -> None:
        self.jumps = cycle([0.0, -3600.0, 86_400.0, -1.6e9, -1e10, 4e9, 5.0])

    def now(self) -> float:
        return super().now() + next(self.jumps)


def test_a_clock_that_is_set_changes_dates_alone(tmp_path: Path) -> None:
    text = """
    frames = 0; late = 0; ticks = 0; dates = 0;
    alarm[0] = 2;
    call_later(0.02, time_source_units_seconds, function() { late++; });
    source = time_source_create(time_source_game, 0.01, time_source_units_seconds, function() { ticks++; }, [], 3);
    time_source_start(source);
    event alarm0 { frames += 100; }
    event step {
        frames++;
        dates += date_get_year(date_current_datetime()) > 1000;
        text = string(date_date_of(date_current_datetime())) + date_datetime_string(date_current_datetime());
        if (frames > 100 && late && ticks == 3) game_end(7);
    }
    """
    path = tmp_path / "main.gml"
    path.write_text(text)
    lines: list[str] = []
    settings = Settings(fps=200, exit_at_frame=2000)
    assert Game.load([path], settings, clock=Jumping(), output=lines.append, log=lines.append).run() == 7
    assert lines == []


def test_the_phases_behind_one_that_failed_run(tmp_path: Path) -> None:
    text = """
    n = 0;
    call_later(1, time_source_units_frames, function() { throw "in a call"; }, true);
    event step_begin { throw "begin"; }
    event step { n++; throw "step"; }
    event step_end { show_debug_message(n); if (n == 2) game_end(3); }
    """
    path = tmp_path / "main.gml"
    path.write_text(text)
    lines: list[str] = []
    game = Game.load([path], Settings(on_error="continue"), output=lines.append, log=lambda line: None)
    assert game.run() == 3
    assert lines == ["1", "2"]

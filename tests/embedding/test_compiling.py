"""A text that takes long to compile ends by the limit of that, as an event does by its own."""

from __future__ import annotations

import re
import signal
import threading
from typing import Any

import pytest

from gmlrun import CompiledProgram, Game, GmlError, Limits
from gmlrun.embedding.compiling import PROGRAM_TIME, SHARE, TEXT_TIME, time_to_compile
from gmlrun.sandbox.deadline import Deadline

LIMITS = Limits(event_time=60.0, compile_time=0.2)
LARGE = {
    "statements": "x = 1 + 2 * y;\n" * 6000,
    "an array": "x = [" + "1," * 45_000 + "1];",
    "cases": "switch (x) {" + "".join(f"case {i}: y = {i}; break;" for i in range(3000)) + "}",
    "functions": "".join(f"function f{i}() {{ return {i}; }}" for i in range(3000)),
    "a macro that doubles": "#macro A0 1\n"
    + "".join(f"#macro A{i} A{i - 1}+A{i - 1}\n" for i in range(1, 24))
    + "x = A23;",
    "names that are near others": "".join(f"shwo_debug_messag{i}();" for i in range(3000)),
}
"""Each takes many times as long as the limit, on any machine."""


def game_of(text: str, limits: Limits = LIMITS) -> Game:
    return Game(text, limits=limits, on_output=lambda line: None, on_log=lambda line: None)


def refused(text: str) -> str:
    """The error of a text as a program, after which one as a text of a game; that game goes on."""
    with pytest.raises(GmlError) as of_program:
        game_of(text).start()
    with game_of("y = 1; function f() { return 3; }", Limits(compile_time=30.0)) as game:
        assert game.eval("f()") == 3
        game.settings = game.settings._replace(limits=LIMITS)
        game.runner.rt.settings = game.settings
        with pytest.raises(GmlError, match=re.escape(of_program.value.message)):
            game.exec(text)
        assert game.call("f") == 3
        assert game.eval("y") == 1
    return of_program.value.message


@pytest.mark.parametrize("kind", LARGE)
def test_compiling_ends(kind: str) -> None:
    assert refused(LARGE[kind]) == "compiling has taken 0.2 seconds: it was ended (Limits.compile_time)"


def test_compiling_ends_on_another_thread() -> None:
    messages: list[str] = []
    thread = threading.Thread(target=lambda: messages.append(refused(LARGE["statements"])))
    thread.start()
    thread.join()
    assert "compiling has taken" in messages[0]


@pytest.mark.parametrize(
    ("limits", "length", "most"),
    [
        (Limits(compile_time=0.5), 250_001, 250_000),
        (Limits(memory=64 << 20), (1 << 20) + 1, (64 << 20) // SHARE),
        (Limits(event_time=0.1, memory=1 << 20), 20_000, (1 << 20) // SHARE),
    ],
)
def test_a_text_may_be_so_long(limits: Limits, length: int, most: int) -> None:
    text = "x = 1;" + " " * (length - 6)
    with pytest.raises(GmlError, match=f"the text has {length} characters: within these limits {most} are compiled"):
        game_of(text, limits).start()
    with game_of("", limits) as game, pytest.raises(GmlError, match="the text has"):
        game.exec(text)


def test_a_file_may_be_of_any_size(tmp_path: Any) -> None:
    path = tmp_path / "large.gml"
    path.write_text("x = 1;" + " " * 20_000)
    with Game(path, limits=Limits(memory=1 << 20)) as game:
        assert game.eval("x") == 1


@pytest.mark.parametrize(
    ("limits", "program", "text"),
    [
        (Limits(), None, None),
        (Limits(memory=1 << 30), None, None),
        (Limits(event_time=0.1), PROGRAM_TIME, TEXT_TIME),
        (Limits(event_time=30.0), 30.0, 30.0),
        (Limits(event_time=30.0, compile_time=0.5), 0.5, 0.5),
        (Limits(compile_time=0.5), 0.5, 0.5),
    ],
)
def test_the_limit_follows_that_of_events(limits: Limits, program: float | None, text: float | None) -> None:
    assert time_to_compile(limits, PROGRAM_TIME) == program
    assert time_to_compile(limits, TEXT_TIME) == text


def test_a_program_compiled_before_has_no_limit() -> None:
    made = CompiledProgram("x = [" + "1," * 9000 + "1];")
    with Game(made, limits=Limits(compile_time=0.001)) as game:
        assert len(game.instances()) == 1


def test_the_timer_signal_stays_the_hosts() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 50.0)
        with pytest.raises(GmlError):
            game_of(LARGE["statements"]).start()
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 50.0
        signal.raise_signal(signal.SIGALRM)
        assert heard == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("is_main", [True, False])
def test_nothing_is_raised_behind_the_end(is_main: bool) -> None:
    """Work that ends just at its limit, again and again: whoever started it never meets the exception later."""
    faults: list[BaseException] = []
    ended: list[bool] = []

    def work(turns: int) -> bool:
        try:
            with Deadline(0.002, "over"):
                for _ in range(turns):
                    sum(range(20))
        except BaseException:
            return True
        return False

    def host() -> None:
        try:
            for turns in (*range(0, 9000, 60), 1 << 30):
                ended.append(work(turns))
                for _ in range(2000):
                    pass
        except BaseException as error:
            faults.append(error)

    thread = threading.Thread(target=host)
    if is_main:
        host()
    else:
        thread.start()
        thread.join()
    assert faults == []
    assert any(ended)

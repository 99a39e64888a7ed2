"""A session without a terminal: texts go in one after the other, values and errors come out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gmlrun.diagnostics import Report
from gmlrun.errors import SourceErrors
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.repl.session import Error, Incomplete, Session, TextResult
from gmlrun.runtime import Runtime


class Room:
    """A session with what it has printed and what its events have reported."""

    def __init__(self, *paths: Path) -> None:
        self.printed: list[str] = []
        self.reports: list[Report] = []
        rt = Runtime(output=self.printed.append, log=lambda line: None, backend=MemoryBackend())
        self.session = Session(rt, paths, self.reports.append)
        self.session.start()

    def feed(self, text: str) -> Any:
        """The value of a text, None without one."""
        outcome = self.session.feed(text)
        assert isinstance(outcome, TextResult), outcome
        return outcome.value if outcome.has_value else None

    def fail(self, text: str) -> str:
        """The message of a text that fails."""
        outcome = self.session.feed(text)
        assert isinstance(outcome, Error), outcome
        if outcome.report is not None:
            return outcome.report.message
        return outcome.message or outcome.diagnostics[0].message

    def turn(self) -> None:
        """Runs what is due."""
        self.session.game.rt.network.poll(0.0)
        self.session.loop.advance()


@pytest.fixture
def room() -> Room:
    return Room()


def test_expressions_have_values_and_statements_none(room: Room) -> None:
    assert room.feed("1 + 1") == 2.0
    assert room.feed("x = 3") is None
    assert room.feed("x * 2;") == 6.0
    assert room.feed("y = 1; x + y") == 4.0
    assert room.feed("if (x > 2) { show_debug_message(x); }") is None
    assert room.printed == ["3"]


def test_a_text_in_braces_is_a_struct_if_it_can_be_one(room: Room) -> None:
    assert room.feed("{a: 1, b: 2}.b") == 2.0
    assert room.feed("variable_struct_names_count({})") == 0.0
    assert room.feed("{ x = 1; show_debug_message(x); }") is None
    assert room.printed == ["1"]


@pytest.mark.parametrize("text", ["if (x) {", "f(1,", "x = [1,", "if (x)", "function f()", "event step", "1 +", '@"a'])
def test_what_is_incomplete_waits_for_more(room: Room, text: str) -> None:
    assert isinstance(room.session.feed(text), Incomplete)
    assert isinstance(room.session.feed(text, is_whole=True), Error)


def test_locals_live_on_and_are_no_variables_of_the_instance(room: Room) -> None:
    room.feed("var a = 5, b;")
    room.feed("a += 2; a++;")
    assert room.feed("a") == 8.0
    assert room.feed("variable_instance_exists(id, nameof(a))") is False
    room.feed("for (var i = 0; i < 3; i++) {}")
    assert room.feed("i") == 3.0
    assert "local variable b(" in room.fail("b")
    assert "session.a(" in room.fail("(function() { return a; })()")


def test_a_local_shadows_and_keeps_its_type_free(room: Room) -> None:
    room.feed("var n = 1")
    room.feed('n = string(n) + "!"')
    assert room.feed("n") == "1!"
    room.feed("n ??= 3; n = undefined; n ??= 4;")
    assert room.feed("n") == 4.0


def test_functions_are_defined_used_before_they_are_there_and_replaced(room: Room) -> None:
    room.feed("function twice(a) { return times(a, 2); }")
    assert "times" in room.fail("twice(4)")
    room.feed("function times(a, b) { return a * b; }")
    assert room.feed("twice(4)") == 8.0
    room.feed("function times(a, b) { return a * b * 10; }")
    assert room.feed("twice(4)") == 80.0


def test_enums_and_macros_are_replaced_in_what_uses_them(room: Room) -> None:
    room.feed("enum E { A, B }")
    room.feed("#macro LIMIT 5")
    room.feed("function both() { return [E.B, LIMIT]; }")
    assert room.feed("both()") == [1, 5.0]
    room.feed("enum E { Z, A, B }")
    room.feed("#macro LIMIT 6")
    assert room.feed("both()") == [2, 6.0]
    assert room.feed("E.Z") == 0


def test_a_definition_that_would_break_another_is_refused(room: Room) -> None:
    room.feed("enum E { A, B }")
    room.feed("function f() { return E.B; }")
    assert room.fail("enum E { A }") == "the enum E has no member B"
    assert room.feed("f()") == 1
    assert room.feed("E.B") == 1


def test_constructors_are_replaced_and_their_statics_keep_what_they_hold(room: Room) -> None:
    room.feed("function C() constructor { static made = 0; static name = function() { return 1; }; made++; }")
    room.feed("c = new C();")
    room.feed("function C() constructor { static made = 0; static name = function() { return 2; }; made++; }")
    assert room.feed("c.name()") == 2.0
    assert room.feed("new C().made") == 2.0
    assert room.feed("is_instanceof(c, C)") is True


def test_objects_and_events_are_defined_and_replaced_in_living_instances(room: Room) -> None:
    room.feed('object o { event create { n = 1; } event other_user0 { show_debug_message($"one {n}"); } }')
    room.feed("made = instance_create_depth(0, 0, 0, o);")
    room.feed("with (made) event_user(0);")
    room.feed('object o { event other_user0 { show_debug_message($"two {n}"); } }')
    room.feed("with (made) event_user(0);")
    room.feed('event other_user1 { show_debug_message("own"); }')
    room.feed('event other_user2 { show_debug_message("other"); }')
    room.feed("event_user(1); event_user(2);")
    assert room.printed == ["one 1", "two 1", "own", "other"]
    assert "does not exist" in room.fail("object p : nowhere { }")
    assert "p(" in room.fail("p")


def test_events_run_between_texts(room: Room) -> None:
    room.feed("server = network_create_server_raw(network_socket_tcp, 7000, 4); sock = network_create_socket(0);")
    room.feed('event async_network { show_debug_message(async_load[? "type"]); }')
    room.feed('network_connect_raw_async(sock, "127.0.0.1", 7000)')
    for _ in range(4):
        room.turn()
    assert sorted(room.printed) == ["1", "4"]
    room.feed("event async_network { show_debug_message(nothing); }")
    room.feed("network_destroy(sock)")
    for _ in range(4):
        room.turn()
    assert "nothing" in room.reports[0].message
    assert room.feed("1") == 1.0


def test_an_error_keeps_the_session_and_says_where(room: Room) -> None:
    room.feed("var kept = 1; function f(a) {\n    return a.name;\n}")
    outcome = room.session.feed("kept = 2; f(undefined); kept = 3;")
    assert isinstance(outcome, Error)
    assert outcome.report is not None
    assert outcome.report.place is not None
    assert (outcome.report.place.line, outcome.report.place.text) == (2, "    return a.name;")
    assert room.feed("kept") == 2.0


def test_misspelt_names_get_the_nearest(room: Room) -> None:
    room.feed("player_count = 3; function send_all() {}")
    for text, meant in (
        ("player_cuont", "player_count"),
        ("send_al()", "send_all"),
        ("show_debug_mesage(1)", "_message"),
    ):
        outcome = room.session.feed(text)
        assert isinstance(outcome, Error)
        assert meant in (outcome.hint or outcome.diagnostics[0].hint)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("print(1)", "show_debug_message prints"),
        ("let x = 1", "GML declares local variables with var"),
        ("quit", ":quit leaves"),
        ("else { }", "Alt-Enter"),
        ("see_local()", "set it without var"),
        ("never_set", "never set"),
    ],
)
def test_habits_from_elsewhere_get_a_hint(room: Room, text: str, wanted: str) -> None:
    room.feed("var a_local = 1, never_set; function see_local() { return a_local; }")
    outcome = room.session.feed(text)
    assert isinstance(outcome, Error)
    assert wanted in (outcome.hint or outcome.diagnostics[0].hint)


def test_a_failed_text_declares_nothing(room: Room) -> None:
    room.fail("function f() { return 1; } x = ;")
    assert "unknown function" in room.fail("f()")


def test_a_destroyed_instance_is_replaced(room: Room) -> None:
    room.feed("x1 = 1; instance_destroy();")
    assert "x1" in room.fail("x1")
    room.feed("x1 = 2")
    assert room.feed("x1") == 2.0


def test_game_end_asks_for_the_end(room: Room) -> None:
    room.feed("game_end(3)")
    assert room.session.loop.ending == 3


def test_a_file_runs_and_its_names_are_there(tmp_path: Path) -> None:
    path = tmp_path / "server.gml"
    path.write_text(
        "clients = [1];\nfunction hello() { return 1; }\nevent other_user0 { clients[0]++; }\nenum E { A = 4 }"
    )
    room = Room(path)
    assert room.feed("event_user(0); clients") == [2.0]
    assert room.feed("hello() + E.A") == 5.0
    path.write_text(
        "clients = [9];\nfunction hello() { return 2; }\nevent other_user0 { clients[0] += 10; }\nenum E { A = 5 }"
    )
    assert room.session.reload() == [str(path)]
    assert room.feed("event_user(0); clients") == [12.0]
    assert room.feed("hello() + E.A") == 7.0


def test_a_file_can_be_loaded_later_and_reloaded(tmp_path: Path) -> None:
    room = Room()
    path = tmp_path / "tools.gml"
    path.write_text('loads = (variable_instance_exists(id, "loads") ? loads : 0) + 1;\nfunction tool() { return 1; }')
    assert isinstance(room.session.load(path), TextResult)
    assert room.feed("[loads, tool()]") == [1.0, 1.0]
    path.write_text("loads = 77;\nfunction tool() { return 2; }")
    room.session.reload()
    assert room.feed("[loads, tool()]") == [1.0, 2.0]
    path.write_text("function tool( {")
    with pytest.raises(SourceErrors, match=r"before \{"):
        room.session.reload()
    assert room.feed("tool()") == 2.0


def test_a_projects_events_follow_what_is_defined_at_the_prompt(tmp_path: Path) -> None:
    (tmp_path / "scripts" / "tools").mkdir(parents=True)
    (tmp_path / "scripts" / "tools" / "tools.gml").write_text("enum Kind { A, B }\nfunction kind() { return Kind.B; }")
    (tmp_path / "objects" / "obj_main").mkdir(parents=True)
    (tmp_path / "objects" / "obj_main" / "Create_0.gml").write_text("n = 1;")
    (tmp_path / "objects" / "obj_main" / "Other_10.gml").write_text("n = [Kind.B, kind()];")
    room = Room(tmp_path)
    room.feed("with (obj_main) event_user(0);")
    assert room.feed("obj_main.n") == [1, 1]
    room.feed("enum Kind { Z, A, B }")
    room.feed("with (obj_main) event_user(0);")
    assert room.feed("obj_main.n") == [2, 2]
    room.feed("kept = 1; room_goto(room_add());")
    assert room.feed("kept") == 1.0

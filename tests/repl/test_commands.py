"""The commands of the prompt, entered into a console that collects what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.repl.console import Console
from gmlrun.repl.printer import Fragments, plain
from gmlrun.repl.session import Session
from gmlrun.runtime import Runtime


class Room:
    """A console without a face."""

    def __init__(self) -> None:
        self.made = 0
        self.texts: list[str] = []
        self.console = Console(self.make_session, self.show, self.show, is_interactive=True)
        self.console.session.loop.advance()

    def make_session(self, console: Console) -> Session:
        self.made += 1
        return Session(Runtime(output=console.print, log=console.log, backend=MemoryBackend()), (), console.report)

    def show(self, fragments: Fragments) -> None:
        self.texts.append(plain(fragments))

    def enter(self, text: str) -> str:
        """What is shown for a text."""
        self.texts.clear()
        self.console.enter(text)
        return "".join(self.texts)

    def turn(self) -> None:
        """Lets the network do what it has to."""
        for _ in range(4):
            self.console.session.game.rt.network.poll(0.0)
            self.console.session.loop.advance()


@pytest.fixture
def room() -> Room:
    return Room()


def test_help_names_every_command(room: Room) -> None:
    from gmlrun.repl.commands import COMMANDS

    text = room.enter(":help")
    assert all(f":{name} " in text for name in COMMANDS)


def test_unknown_commands_get_the_nearest_and_a_beginning_is_enough(room: Room) -> None:
    assert room.enter(":sokets") == "error: there is no command :sokets: did you mean :sockets?\n"
    assert room.enter(":re") == "error: there is no command :re: there are :reload and :resume and :reset\n"
    assert room.enter(":") == "error: a command stands behind the colon, as in :help\n"
    assert room.enter(":xyz") == "error: there is no command :xyz: :help lists all\n"
    assert room.enter(":inst").startswith("    id  object")
    assert room.enter(":doc") == "error: write :doc NAME\n"


def test_doc(room: Room) -> None:
    room.enter("function send_all(buffer, size) {}")
    assert room.enter(":doc send_all") == "send_all(buffer, size)\n"
    assert "Manual: " in room.enter(":doc buffer_create")
    assert "did you mean send_all?" in room.enter(":doc sned_all")


def test_sockets_and_what_they_carry(room: Room) -> None:
    assert room.enter(":sockets") == "no socket is open\n"
    room.enter("server = network_create_server_raw(network_socket_tcp, 7000, 4); sock = network_create_socket(0);")
    room.enter('network_connect_raw_async(sock, "127.0.0.1", 7000); b = buffer_create(5, buffer_fixed, 1);')
    room.turn()
    room.enter("repeat (3) network_send_raw(sock, b, 5);")
    room.turn()
    lines = [line.split() for line in room.enter(":sockets").splitlines()]
    assert lines[0] == [
        "id",
        "kind",
        "peer",
        "state",
        "packets",
        "in",
        "bytes",
        "in",
        "packets",
        "out",
        "bytes",
        "out",
        "queued",
    ]
    assert lines[1][:6] == ["0", "tcp", "port", "7000", "listening", "(1)"]
    assert lines[2][:4] == ["1", "tcp", "127.0.0.1:7000", "connected"]
    assert lines[2][-3:] == ["3", "15", "0"]
    assert lines[3][-4] == "15"


def test_instances_and_buffers(room: Room) -> None:
    room.enter("object obj_guest { }\ninstance_create_depth(3, 4, 0, obj_guest);")
    assert "100001  obj_guest  3  4  yes" in room.enter(":instances")
    room.enter('with (obj_guest) x = "far";')
    assert "far  4  yes" in room.enter(":instances")
    room.enter("buf = buffer_create(4, buffer_grow, 1); buffer_write(buf, buffer_u16, 258);")
    assert room.enter(":buffers").splitlines()[1].split() == ["0", "grow", "2", "4", "2"]
    assert room.enter(":hex buf") == "000000  02 01                                            ..\n"
    assert "is no buffer" in room.enter(":hex 99")
    assert "not set before reading it" in room.enter(":hex nothing")


def test_trace(room: Room) -> None:
    assert "on or :trace off" in room.enter(":trace perhaps")
    room.enter(":trace on")
    assert "listen" in room.enter("network_create_server(network_socket_tcp, 7100, 4)")
    room.enter(":trace off")
    assert "listen\n" not in room.enter("network_create_server(network_socket_tcp, 7101, 4)")


def test_time_and_python(room: Room) -> None:
    assert room.enter(":time 1 + 1").endswith(" runs)\n")
    assert "error: unknown function or script: nothing" in room.enter(":time nothing()")
    assert "not set before reading it" in room.enter(":time nothing")
    assert "return " in room.enter(":python 1 + x")


def test_files(room: Room, tmp_path: Path) -> None:
    assert "no file has been loaded" in room.enter(":reload")
    path = tmp_path / "tools.gml"
    path.write_text('show_debug_message("loaded"); function tool() { return 1; }\n')
    assert room.enter(f":load {path}") == "loaded\n"
    path.write_text('show_debug_message("again"); function tool() { return 2; }\n')
    assert room.enter(":reload").startswith(f"reloaded {path}: ")
    assert room.enter("tool()") == "2\n"
    assert "def gml_" in room.enter(f":python {path}")
    assert "there is no file" in room.enter(":load nowhere.gml")
    assert "gmlrun repl" in room.enter(f":load {tmp_path}")
    path.write_text("x = ;\n")
    assert f"{path}:1:5" in room.enter(":reload")
    assert room.enter("tool()") == "2\n"


def test_reset_and_quit(room: Room) -> None:
    room.enter("x1 = 5;")
    before = room.console.session
    room.enter(":reset")
    assert room.made == 2
    assert before.loop.ending == 0
    room.console.session.loop.advance()
    assert "x1" in room.enter("x1")
    room.enter(":quit")
    assert room.console.session.loop.ending == 0


def test_exit_leaves() -> None:
    room = Room()
    room.enter("exit;")
    assert room.console.session.loop.ending == 0


def test_a_fault_of_our_own_is_said_to_be_one_and_the_session_goes_on(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str, is_whole: bool) -> None:
        raise KeyError("inside")

    with monkeypatch.context() as patch:
        patch.setattr(room.console.session, "feed", broken)
        assert "a fault of gmlrun's own" in room.enter("1")
    assert room.enter("1") == "1\n"


def test_an_error_in_every_step_is_shown_once_for_each_text(room: Room) -> None:
    room.enter("event step { nothing_there++; }")
    room.texts.clear()
    for _ in range(3):
        room.console.session.loop.frame()
    assert len(room.texts) == 1
    assert "in Step Event0 for object session" in room.texts[0]
    room.enter("1")
    room.texts.clear()
    room.console.session.loop.frame()
    assert len(room.texts) == 1


def test_undefined_is_shown_where_a_value_was_asked_for(room: Room) -> None:
    assert room.enter("undefined") == "undefined\n"
    room.enter("m = ds_map_create(); function f() {}")
    assert room.enter('ds_map_find_value(m, "no")') == "undefined\n"
    assert room.enter("f()") == ""
    assert room.enter('show_debug_message("once")') == "once\n"


def test_keys_and_clicks(room: Room) -> None:
    room.enter('object obj_a { event keypress:enter { show_debug_message("enter " + keyboard_string); } }')
    room.enter("instance_create_depth(5, 6, 0, obj_a)")
    assert room.enter(":press entr") == "error: expected a key (did you mean enter?), not entr\n"
    assert room.enter(":click obj_b") == "error: there is no object obj_b: did you mean obj_a?\n"
    assert room.enter(":press") == "error: write :press KEY\n"
    for text in (":type hi", ":press enter", ":click obj_a"):
        assert room.enter(text) == ""
    loop = room.console.session.loop
    room.texts.clear()
    for _ in range(12):
        loop.frame()
    assert "enter hi\n" in room.texts
    assert room.enter("[mouse_x, mouse_y]") == "[ 5,6 ]\n"


# ------------------------------------------------------------ values and names


def test_the_last_value_has_a_name(room: Room) -> None:
    assert room.enter("_").startswith("error: ")
    room.enter("20 + 1")
    assert room.enter("_ * 2") == "42\n"
    room.enter("var a = 5;")
    assert room.enter("_ + 0") == "42\n"


def test_a_variable_of_the_programs_own_stays_what_it_is(room: Room) -> None:
    room.enter('_ = "mine";')
    room.enter("1 + 1")
    assert room.enter("_") == '"mine"\n'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('v = ds_map_create(); v[? "ada"] = [1, 2]; v[? 3] = "x"; v', 'ref ds_map 0 { "ada" : [ 1,2 ], 3 : "x" }'),
        ('v = ds_list_create(); ds_list_add(v, 1, "a"); v', 'ref ds_list 0 [ 1,"a" ]'),
        ("v = ds_grid_create(3, 2); v[# 1, 1] = 7; v", "ref ds_grid 0 [ [ 0,0,0 ],[ 0,7,0 ] ]"),
        ("v = ds_queue_create(); ds_queue_enqueue(v, 4); v", "ref ds_queue 0 [ 4 ]"),
        ("v = ds_stack_create(); ds_stack_push(v, 4, 5); v", "ref ds_stack 0 [ 4,5 ]"),
        ('v = ds_priority_create(); ds_priority_add(v, "low", 1); v', 'ref ds_priority 0 { "low" : 1 }'),
        ("v = buffer_create(9, buffer_grow, 1); buffer_write(v, buffer_u16, 700); v", "ref buffer 0 2 bytes: bc 02"),
        (
            "v = buffer_create(40, buffer_fixed, 1); repeat (40) buffer_write(v, buffer_u8, 1); v",
            f"ref buffer 0 40 bytes: {'01 ' * 16}…",
        ),
        ("v = ds_list_create(); ds_list_destroy(v); v", "ref ds_list 0"),
    ],
)
def test_data_structures_show_what_they_hold(room: Room, text: str, shown: str) -> None:
    assert room.enter(text) == f"{shown}\n"


def test_a_map_that_holds_itself_and_a_long_list(room: Room) -> None:
    room.enter('m = ds_map_create(); m[? "self"] = m;')
    assert room.enter("m") == 'ref ds_map 0 { "self" : ref ds_map 0 }\n'
    room.enter("l = ds_list_create(); repeat (500) ds_list_add(l, 100000);")
    assert "… 480 more" in room.enter("l")


DESCRIBED = """/// @desc Doubles a number.
/// @param {Real} value what to double
/// @param {Array} [times] not used
/// @returns {Real} the double
function twice(value, times = [1, 2], sep = ",") { return value * 2; }"""
SHOWN = """twice(value, times = [1, 2], sep = ",")
    Doubles a number.
        value (Real): what to double
        [times] (Array): not used
        returns Real: the double
"""


def test_doc_shows_comments_and_defaults(room: Room) -> None:
    room.enter(DESCRIBED)
    assert room.enter(":doc twice") == SHOWN
    room.enter("function inner() {\n    /// @description Speaks.\n    return 1;\n}")
    assert room.enter(":doc inner") == "inner()\n    Speaks.\n"


@pytest.mark.parametrize("text", ["twice?", "?twice", " ? twice ", "twice ?"])
def test_a_question_mark_asks(room: Room, text: str) -> None:
    room.enter(DESCRIBED)
    assert room.enter(text) == SHOWN
    assert "did you mean twice?" in room.enter("twiec?")


def test_vars(room: Room) -> None:
    room.enter('var a = 1; name = string_repeat("x", 100); global.port = [1, 2];')
    rows = [line.split(maxsplit=2) for line in room.enter(":vars").splitlines()]
    assert rows == [
        ["name", "kind", "value"],
        ["a", "local", "1"],
        ["name", "variable", '"' + "x" * 48 + "…"],
        ["port", "global", "[ 1,2 ]"],
    ]


def test_save_writes_what_had_no_error(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "saved.gml"
    assert room.enter(f":save {path}") == "error: nothing has been typed that could be saved\n"
    for text in ("a = 1;", "b = nothing_of_the_kind;", ")", "function f() { return 2; }", ":vars"):
        room.enter(text)
    assert room.enter(f":save {path}") == f"2 texts saved in {path}\n"
    assert path.read_text(encoding="utf-8") == "a = 1;\nfunction f() { return 2; }\n"


def test_what_is_saved_can_be_loaded(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "saved.gml"
    for text in ("a = 20;", "a\n+ 1", "f = function() { return 2; };", "f()", "_"):
        room.enter(text)
    room.enter(f":save {path}")
    kept = "a = 20;\n// a\n// + 1\nf = function() { return 2; };\nf()\n// _\n"
    assert path.read_text(encoding="utf-8") == kept
    assert room.enter(f":load {path}") == ""
    assert room.enter(f":save {path}") == f"error: cannot write {path}: File exists\n"
    assert "No such file" in room.enter(f":save {tmp_path / 'missing' / 'a.gml'}")


def test_values_whose_to_string_fails_are_shown(room: Room) -> None:
    room.enter("thrown = { toString: function() { throw 1; } }; wrong = { toString: function() { return [][3]; } };")
    assert [line.split(maxsplit=2)[2] for line in room.enter(":vars").splitlines() if "toString" in line] == [
        "<its toString has failed>",
        "<its toString has failed>",
    ]
    assert room.enter("[thrown]").startswith("error: ")

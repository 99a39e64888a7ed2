"""The prompt on a terminal, through a pseudo-terminal: what a person types, and what the screen then says."""

from __future__ import annotations

import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

PROMPT = "gml> "
CONTROL = r"(?:\x1b\[[0-9;?]*[A-Za-z])*"
"""What the terminal is told between two characters."""
WHERE = "\x1b[1;1R"
"""The terminal's answer to the question where its cursor is; without one there is no toolbar."""


class Terminal:
    """A prompt in a terminal of 80 columns, without colours."""

    def __init__(self, home: Path, *words: str, **environment: str) -> None:
        plain = {"TERM": "xterm", "NO_COLOR": "1", "PROMPT_TOOLKIT_NO_CPR": "1", "XDG_STATE_HOME": str(home)}
        kept = {name: value for name, value in os.environ.items() if name not in ("VISUAL", "EDITOR", "INPUTRC")}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "gmlrun", *words],
            env={**kept, **plain, **environment},
            encoding="utf-8",
            timeout=20,
            dimensions=(24, 80),
        )
        self.wait(PROMPT)

    def type(self, text: str) -> None:
        """Presses keys; `\\r` is Enter."""
        self.child.send(text)

    def enter(self, text: str, wanted: str) -> str:
        """Runs a text and waits for what it prints, and for the next prompt; returns what came before."""
        self.type(f"{text}\r")
        before = self.wait(wanted)
        self.wait(PROMPT)
        return before

    def wait(self, wanted: str) -> str:
        """Waits until the screen says something; returns what came before it."""
        self.child.expect(CONTROL.join(map(re.escape, wanted)))
        return str(self.child.before)

    def leave(self) -> int:
        """Ctrl-D; the exit code."""
        self.type("\x04")
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    made = Terminal(tmp_path)
    yield made
    made.child.close(force=True)


def test_values_and_leaving(terminal: Terminal) -> None:
    terminal.enter('string_repeat("ab", 3)', '"ababab"')
    terminal.enter("var a = 41; a + 1", "42")
    assert terminal.leave() == 0


def test_input_goes_on_until_it_is_whole(terminal: Terminal) -> None:
    terminal.type("if (true) {\r")
    terminal.wait("... ")
    terminal.type('show_debug_message("in" + "side");\r')
    terminal.enter("}", "inside")


def test_two_empty_lines_give_up(terminal: Terminal) -> None:
    terminal.type("x = [1,\r")
    terminal.wait("... ")
    terminal.type("\r\r")
    terminal.wait("never closed")
    terminal.enter("6 * 7", "42")


def test_ctrl_c_stops_a_program_that_never_gets_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "endless.gml").write_text('reached = 3; show_debug_message("star" + "ted"); while (true) {}')
    terminal = Terminal(tmp_path, "repl", str(tmp_path / "endless.gml"))
    terminal.wait("started")
    terminal.type("\x03")
    terminal.wait("interrupted")
    terminal.enter("reached * 1000", "3000")
    assert terminal.leave() == 0


def test_pasted_text_is_taken_whole(terminal: Terminal) -> None:
    terminal.type('\x1b[200~var p = "pas";\nshow_debug_message(p + "ted");\n1 + 2\x1b[201~')
    terminal.enter("", "pasted")


def test_tab_completes_and_the_toolbar_shows_the_signature(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, PROMPT_TOOLKIT_NO_CPR="")
    terminal.type(WHERE)
    terminal.wait(":help")
    terminal.enter("my_own_counter = 12; 55 + 5", "60")
    terminal.type(WHERE + "1 + my_own\t")
    terminal.wait("_counter")
    terminal.enter("", "13")
    terminal.type(WHERE + "array_creat\t")
    terminal.wait("array_create_ext")
    terminal.type("(3")
    terminal.wait("array_create(size, [value])")
    terminal.enter(", 7)", "[ 7,7,7 ]")
    assert terminal.leave() == 0


def test_ctrl_c_stops_a_loop_and_keeps_the_session(terminal: Terminal) -> None:
    terminal.enter("kept = 123; kept", "123")
    terminal.type('show_debug_message("loo" + "ping"); while (true) {}\r')
    terminal.wait("looping")
    terminal.type("\x03")
    terminal.wait("interrupted")
    terminal.wait(PROMPT)
    terminal.enter("kept + 1", "124")


def test_ctrl_c_stops_an_event_that_never_ends(terminal: Terminal) -> None:
    terminal.type('event alarm0 { show_debug_message("st" + "uck"); while (true) {} }\r')
    terminal.type("alarm[0] = 30;\r")
    terminal.wait("stuck")
    terminal.type("\x03")
    terminal.wait("interrupted")
    terminal.type("\r")
    terminal.enter("1000 + 2", "1002")


def test_a_step_event_that_never_ends_is_paused(terminal: Terminal) -> None:
    terminal.type('n = 0; event step { n++; if (n == 5) show_debug_message("st" + "uck"); while (n >= 5) {} }\r')
    terminal.wait("stuck")
    terminal.type("\x03")
    terminal.wait(":resume")
    terminal.enter("n * 1000", "5000")
    terminal.type("n = -100000;\r")
    terminal.enter(":resume", "go on")
    terminal.enter("(n > -100000) * 6000 + 6", "6006")


def test_ctrl_c_leaves_events_alone_that_end(terminal: Terminal) -> None:
    """A game at full speed goes on when a line is thrown away."""
    terminal.enter("steps = 0; 2000 + 1", "2001")
    terminal.type("event step { steps++; repeat (100) {} }\r")
    terminal.wait(PROMPT)
    for _ in range(5):
        terminal.type("half a li\x03")
        terminal.wait(PROMPT)
    assert "interrupted" not in terminal.enter("(steps > 5) * 3000 + 3", "3003")


def test_ctrl_c_stops_waiting_for_a_connection(terminal: Terminal) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        connect = f'network_connect(network_create_socket(0), "127.0.0.1", {mute.getsockname()[1]})'
        terminal.type(f'show_debug_message("con" + "necting"); {connect}\r')
        terminal.wait("connecting")
        terminal.type("\x03")
        terminal.wait("interrupted")
        terminal.wait(PROMPT)
    terminal.enter("4000 + 4", "4004")


def test_what_events_print_stands_above_the_line(terminal: Terminal) -> None:
    """A client comes while a line is being edited: its message is above, the line is whole and can be run."""
    terminal.type("server = network_create_server_raw(network_socket_tcp, 0, 4);\r")
    terminal.child.expect(r"listening tcp 0\.0\.0\.0:(\d+)")
    port = int(terminal.child.match.group(1))
    terminal.type('event async_network { show_debug_message("typ" + "e " + string(async_load[? "type"])); }\r')
    terminal.type("500 + 5")
    terminal.wait("500 + 5")
    with socket.create_connection(("127.0.0.1", port)) as client:
        terminal.wait("type 1")
        terminal.wait("500 + 5")
        client.sendall(b"hello")
        terminal.wait("type 3")
        terminal.wait("500 + 5")
    terminal.enter("", "505")


def test_history_lives_on_and_is_searched(tmp_path: Path) -> None:
    first = Terminal(tmp_path)
    first.enter("6000 + 1", "6001")
    first.enter("7000 + 1", "7001")
    assert first.leave() == 0
    second = Terminal(tmp_path)
    second.type("\x12" + "6000")
    second.wait("I-search backward")
    second.wait("6000")
    second.type("\r")
    second.enter("", "6001")
    assert second.leave() == 0


def test_game_end_leaves_with_its_code(terminal: Terminal) -> None:
    terminal.type("game_end(5)\r")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 5


def test_the_game_ends_while_a_line_is_edited(terminal: Terminal) -> None:
    terminal.type("event alarm0 { game_end(6); }\r")
    terminal.type("alarm[0] = 30;\r")
    terminal.type("half a li")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 6


def test_a_signal_to_end_leaves_in_good_order(terminal: Terminal) -> None:
    terminal.enter("event other_game_end { show_debug_message(string_repeat(7, 7)); } 7000 + 7", "7007")
    terminal.type("half a li")
    os.kill(terminal.child.pid, signal.SIGTERM)
    terminal.wait("7777777")
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert terminal.child.exitstatus == 0


def test_vi_keys(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, GMLRUN_KEYS="vi")
    terminal.type("800 + 9\x1b")
    terminal.type("0i9\x1b")
    terminal.enter("A", "9809")
    assert terminal.leave() == 0

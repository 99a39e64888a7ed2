"""The console over a pipe: lines go in, plain values come out, the exit code tells whether something failed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gmlrun.repl.stream import statements
from tests.conftest import Run


def piped(text: str, *words: str, cwd: Path | None = None) -> tuple[str, str, int]:
    """What `gmlrun` makes of a text on its standard input."""
    command = [sys.executable, "-m", "gmlrun", *words]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=30, cwd=cwd)
    return done.stdout, done.stderr, done.returncode


def test_values_are_printed_plainly() -> None:
    text = 'var a = 20;\na + 1\n"text"\nfunction f(b) {\n    return {b: b};\n}\nf([1, 2.5])\n'
    assert piped(text) == ('21\n"text"\n{ b : [ 1,2.50 ] }\n', "", 0)


def test_an_error_is_told_and_the_rest_runs() -> None:
    out, err, code = piped("1\nnope\n2\n")
    assert (out, code) == ("1\n2\n", 1)
    assert err == ("error: Variable session.nope(100000, -2147483648) not set before reading it.\n    nope\n    ^^^^\n")


def test_game_end_says_the_exit_code() -> None:
    assert piped("nope\ngame_end(7)\n1\n")[2] == 7


def test_commands_work_and_unknown_ones_get_the_nearest() -> None:
    out, err, code = piped(":doc string_upper\n:isntances\n:hex\n")
    assert out.startswith("string_upper(string: String) → String")
    assert err == "error: there is no command :isntances: did you mean :instances?\nerror: write :hex BUFFER\n"
    assert code == 1


def test_a_server_says_that_it_listens_as_any_program_does() -> None:
    out, err, code = piped("network_create_server(network_socket_tcp, 0, 4)\n", "repl", "--bind", "127.0.0.1")
    assert (out, code) == ("0\n", 0)
    assert err.startswith("gmlrun: listening tcp 127.0.0.1:")


def test_a_file_is_loaded_and_running(tmp_path: Path) -> None:
    (tmp_path / "game.gml").write_text('lives_left = 3;\nshow_debug_message("started");\n')
    assert piped("lives_left\n", "repl", "game.gml", cwd=tmp_path) == ("started\n3\n", "", 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1\n2\n", ["1\n", "2\n"]),
        ("f(1,\n2)\n", ["f(1,\n2)\n"]),
        ("if (a) {\n}\nelse {\n}\nb\n", ["if (a) {\n}\nelse {\n}\n", "b\n"]),
        ("if (a) b();\nelse if (c) d();\ne\n", ["if (a) b();\nelse if (c) d();\n", "e\n"]),
        ("try {\n}\ncatch (e) {\n}\nfinally {\n}\n", ["try {\n}\ncatch (e) {\n}\nfinally {\n}\n"]),
        ("do {\n}\nuntil (1)\nx\n", ["do {\n}\nuntil (1)\n", "x\n"]),
        (":help\n1\n", [":help\n", "1\n"]),
        ("x = [\n", ["x = [\n"]),
        ("\n\n1", ["\n", "\n", "1"]),
    ],
)
def test_lines_are_put_together_to_statements(text: str, wanted: list[str]) -> None:
    assert list(statements(text.splitlines(keepends=True))) == wanted


def test_questions_and_comments_above_functions(gmlrun: Run) -> None:
    done = gmlrun(stdin="/// @desc Says hello.\nfunction hello() {}\nhello?\n?hello\n")
    assert done.stdout == "hello()\n    Says hello.\n" * 2


def test_a_value_whose_text_fails_is_an_error_like_any_other() -> None:
    out, err, code = piped('b = { toString: function() { throw "text"; } }\n[b]\n{ in: b }\n2\n')
    assert (out.splitlines()[-1], code) == ("2", 1)
    assert "fault of gmlrun" not in err
    assert "Traceback" not in err
    assert "text" in err

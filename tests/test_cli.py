"""The command line as its users meet it: exit codes, the two outputs, signals, pipes."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pexpect
import pytest

from gmlrun.cli.options import COMMAND_NAMES, COMMANDS, OWN_OPTIONS, RUN_TOPICS, quick_options, written_out
from gmlrun.cli.parser import make_parser
from tests.conftest import ROOT, Run, Start

SERVER = """
server = network_create_server(network_socket_tcp, 6510, 8);
event other_game_end { show_debug_message("game end"); }
event cleanup { show_debug_message("clean up"); }
event async_network {}
"""
FREE_PORT = "--map-port=6510=0"


@pytest.fixture
def write(tmp_path: Path):
    """Writes a program into the test's folder."""

    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def wait_for(stream: IO[str] | None, pattern: str) -> str:
    """Reads lines until one matches; the test's time limit ends a wait in vain."""
    assert stream is not None
    for line in stream:
        if re.search(pattern, line):
            return line.rstrip("\n")
    raise AssertionError(f"no line matched {pattern}")


# -------------------------------------------------------------- exit codes


def test_a_program_that_ends_exits_with_0(gmlrun: Run, write) -> None:
    done = gmlrun(write("hello.gml", 'show_debug_message("hello");'))
    assert (done.stdout, done.stderr, done.returncode) == ("hello\n", "", 0)


def test_run_may_be_left_out_with_options_first(gmlrun: Run, write) -> None:
    path = write("hello.gml", 'show_debug_message("hello");')
    for words in (["run", path], [path], ["--no-cache", path], [path, "--no-cache"], ["--seed", "5", path]):
        assert gmlrun(*words).stdout == "hello\n"


def test_game_end_gives_the_exit_code(gmlrun: Run, write) -> None:
    assert gmlrun(write("seven.gml", "game_end(7);")).returncode == 7


def test_a_runtime_error_exits_with_1_and_shows_line_and_stack(gmlrun: Run, write) -> None:
    done = gmlrun(write("bad.gml", "function f() {\n    return missing_variable;\n}\nf();\n"))
    assert (done.stdout, done.returncode) == ("", 1)
    assert "of Create Event for object bad:" in done.stderr
    assert "missing_variable" in done.stderr
    assert "gml_Script_f (line 2)" in done.stderr
    assert "    return missing_variable;\n               ^^^^^^^^^^^^^^^^" in done.stderr
    assert "Traceback" not in done.stderr


def test_errors_of_a_source_exit_with_1_and_all_are_shown(gmlrun: Run, write) -> None:
    done = gmlrun(write("bad.gml", 'show_debug_message("not run");\nvar a = ;\nvar b = ;\n'))
    assert (done.stdout, done.returncode) == ("", 1)
    assert re.findall(r"bad\.gml:(\d+):\d+: error: ", done.stderr) == ["2", "3"]


def test_warnings_stay_out_of_the_errors_that_stop_a_run(gmlrun: Run, write) -> None:
    program = write("bad.gml", "draw_text(0, 0, 1);\nvar a = 1 +;\ndraw_text(0, 0, 2);\n")
    assert gmlrun(program).stderr.count("bad.gml:") == 1
    assert gmlrun("check", program).stdout.count("bad.gml:") + gmlrun("check", program).stderr.count("bad.gml:") == 1
    program = write("bad.gml", "draw_text(0, 0, 1);\nshow_debug_mesage(1);\ndraw_text(0, 0, 2);\n")
    told = gmlrun(program).stderr
    assert (told.count("bad.gml:"), "show_debug_mesage" in told, "draw_text" in told) == (1, True, False)


def test_an_unknown_function_names_the_nearest(gmlrun: Run, write) -> None:
    done = gmlrun(write("bad.gml", 'var a = string_uper("x");'))
    assert done.returncode == 1
    assert "did you mean string_upper?" in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("event no_such_event {}", "no_such_event"),
        ("event step {}\nevent step {}", "step"),
        ("var a = string_length();", "string_length"),
    ],
)
def test_a_faulty_program_is_not_started(gmlrun: Run, write, text: str, message: str) -> None:
    done = gmlrun(write("bad.gml", f'show_debug_message("not run");\n{text}'))
    assert (done.stdout, done.returncode) == ("", 1)
    assert message in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["missing.gml"],
        ["--no-such-option", "hello.gml"],
        ["hello.gml", "--no-such-option"],
        ["run"],
        ["hello.gml", "--map-port", "12"],
        ["hello.gml", "--exit-at-frame", "-1"],
        ["empty"],
        ["latin1.gml"],
        ["show", "hello.gml"],
        ["doc", "no_such_function"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(gmlrun: Run, write, tmp_path: Path, words: list[str]) -> None:
    write("hello.gml", "")
    write("latin1.gml", 'var a = "caf\xe9";'.encode("latin-1"))
    (tmp_path / "empty").mkdir()
    done = gmlrun(*words)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.startswith("gmlrun")
    assert "Traceback" not in done.stderr


def test_a_misspelt_option_names_the_nearest(gmlrun: Run, write) -> None:
    assert "did you mean --no-cache?" in gmlrun(write("a.gml", ""), "--no-cahce").stderr


# ---------------------------------------------------------- the two outputs


def test_the_listening_line_goes_to_standard_error(start_gmlrun: Start, write) -> None:
    process = start_gmlrun(write("server.gml", SERVER), FREE_PORT, "--bind=127.0.0.1")
    assert re.fullmatch(r"gmlrun: listening tcp 127\.0\.0\.1:[1-9]\d*", wait_for(process.stderr, "listening"))


def test_output_into_a_closed_pipe_is_dropped(environment: dict[str, str], write) -> None:
    path = write("many.gml", 'repeat (100000) show_debug_message("line");')
    command = [sys.executable, "-m", "gmlrun", path]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "line\n"
    process.stdout.close()
    assert process.stderr.read().count("cannot be written (Broken pipe)") == 1
    assert process.wait() == 0
    process.stderr.close()


def test_arguments_after_two_dashes_belong_to_the_program(gmlrun: Run, write) -> None:
    path = write("args.gml", "for (var i = 1; i <= parameter_count(); i++) show_debug_message(parameter_string(i));")
    assert gmlrun(path, "--", "--bind", "x").stdout == "--bind\nx\n"


def test_further_files_are_scripts(gmlrun: Run, write) -> None:
    library = write("lib.gml", "function twice(value) { return value * 2; }")
    assert gmlrun(write("main.gml", "show_debug_message(twice(21));"), library).stdout == "42\n"


# ------------------------------------------------------------------- signals


def test_sigterm_runs_the_last_events_and_exits_with_0(start_gmlrun: Start, write) -> None:
    process = start_gmlrun(write("server.gml", SERVER), FREE_PORT)
    wait_for(process.stderr, "listening")
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate()
    assert (output, errors, process.returncode) == ("game end\nclean up\n", "", 0)


def test_a_second_sigterm_ends_at_once(start_gmlrun: Start, write) -> None:
    endless = 'event other_game_end { show_debug_message("busy"); while (true) {} }'
    process = start_gmlrun(write("server.gml", SERVER.replace(SERVER.splitlines()[2], endless)), FREE_PORT)
    wait_for(process.stderr, "listening")
    process.send_signal(signal.SIGTERM)
    wait_for(process.stdout, "busy")
    process.send_signal(signal.SIGTERM)
    process.communicate()
    assert process.returncode == -signal.SIGTERM


def test_ctrl_c_exits_with_130_without_a_traceback(start_gmlrun: Start, write) -> None:
    process = start_gmlrun(write("server.gml", SERVER), FREE_PORT)
    wait_for(process.stderr, "listening")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert (errors, process.returncode) == ("", 130)


def test_ctrl_c_stops_an_endless_loop(start_gmlrun: Start, write) -> None:
    process = start_gmlrun(write("endless.gml", 'show_debug_message("busy");\nwhile (true) {}'))
    wait_for(process.stdout, "busy")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert (errors, process.returncode) == ("", 130)


# -------------------------------------------------------------- the commands


def test_eval_prints_the_value_of_a_final_expression(gmlrun: Run) -> None:
    assert gmlrun("eval", "var a = 20; a * 2 + 2").stdout == "42\n"
    assert gmlrun("eval", 'string_upper("gml")').stdout == '"GML"\n'
    assert gmlrun("eval", "var a = 20;").stdout == ""


def test_eval_has_the_exit_codes_of_run(gmlrun: Run) -> None:
    assert gmlrun("eval", "game_end(3)").returncode == 3
    assert gmlrun("eval", 'throw "no"').returncode == 1
    assert gmlrun("eval", "1 +").returncode == 1


def test_check_reports_without_running(gmlrun: Run, write) -> None:
    done = gmlrun("check", write("good.gml", 'show_debug_message("not run");'))
    assert (done.stdout, done.returncode) == ("", 0)
    done = gmlrun("check", write("bad.gml", "var a = string_length(1, 2);\nno_such_thing_at_all();"))
    assert done.returncode == 1
    assert "bad.gml:1:" in done.stdout
    assert "bad.gml:2:" in done.stdout


def test_check_as_json_is_one_object_a_line(gmlrun: Run, write) -> None:
    done = gmlrun("check", "--format", "json", write("bad.gml", "var a = string_length(1, 2);\nvar b = ;"))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"syntax"} <= {entry["code"] for entry in found}
    assert all({"file", "line", "column", "severity", "code", "message"} <= entry.keys() for entry in found)


def test_show_prints_the_tree_and_the_python(gmlrun: Run, write) -> None:
    path = write("add.gml", "function add(a, b) { return a + b; }")
    assert "Function" in gmlrun("show", "--ast", path).stdout
    assert "def " in gmlrun("show", "--python", path).stdout


def test_doc_prints_signature_and_description(gmlrun: Run) -> None:
    signature = "buffer_write(buffer: Id.Buffer, type: Real, value: Any) → Real"
    assert gmlrun("doc", "buffer_write").stdout.splitlines()[0] == signature
    assert "Fails unless" in gmlrun("doc", "assert_equals").stdout


def test_every_command_has_a_help_with_an_example(gmlrun: Run) -> None:
    for command in ([], *([name] for name in COMMAND_NAMES)):
        done = gmlrun(*command, "--help")
        assert done.returncode == 0
        assert "example: " in done.stdout


def test_every_help_fits_a_screen(gmlrun: Run) -> None:
    topics = [["run", "--help", topic.name] for topic in RUN_TOPICS]
    for command in (["--help"], *([name, "--help"] for name in COMMAND_NAMES), *topics):
        lines = gmlrun(*command).stdout.splitlines()
        assert len(lines) <= 40
        assert [line for line in lines if len(line) > 80] == []


def test_the_help_of_a_run_names_the_topics_of_the_options_that_it_does_not_show(gmlrun: Run) -> None:
    usual = gmlrun("run", "--help").stdout
    assert "--room" in usual
    assert "--map-port" not in usual
    assert "--help network" in usual
    assert "--map-port" in gmlrun("run", "--help", "network").stdout
    assert gmlrun("run", "--help=network").stdout == gmlrun("run", "--help", "network").stdout
    assert gmlrun("run", "--help", "server.gml").stdout == usual


# ------------------------------------------------------------------- guesses


@pytest.mark.parametrize(
    ("words", "guess"),
    [
        (["servr.gml"], "did you mean server.gml?"),
        (["check", "srver.gml"], "did you mean server.gml?"),
        (["chekc", "server.gml"], "did you mean gmlrun check?"),
        (["missing/server.gml"], "there is no folder missing"),
        (["server.gml", "--map-prot=1=2"], "did you mean --map-port?"),
        (["server.gml", "--dialogs=stdn"], "'stdin'"),
        (["server.gml", "--seed"], "gmlrun run --help"),
        (["server.gml", "--trace"], "--trace-net"),
        (["."], "name a file of it, as in gmlrun server.gml"),
    ],
)
def test_wrong_words_get_the_nearest(gmlrun: Run, write, words: list[str], guess: str) -> None:
    write("server.gml", "")
    done = gmlrun(*words)
    assert guess in done.stderr
    assert done.returncode == 2


# --------------------------------------------------------------------- colours

CARET = "\x1b[1;31m^^^^^^^^^^^^^^^^\x1b[0m"


def test_colours_are_there_when_asked_for_and_not_in_a_pipe(gmlrun: Run, write) -> None:
    path = write("bad.gml", "return missing_variable;")
    assert "\x1b" not in gmlrun(path).stderr
    assert CARET in gmlrun(path, "--color=always").stderr
    checked = gmlrun("check", write("worse.gml", "var a = ;"), "--color", "always")
    assert "\x1b[1;31merror:\x1b[0m" in checked.stdout


@pytest.mark.parametrize(
    ("variables", "words", "colored"),
    [
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "1"}, ["--color=never"], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color=always"], True),
    ],
)
def test_the_environment_decides_what_the_option_does_not(
    environment: dict[str, str], gmlrun: Run, write, variables: dict[str, str], words: list[str], colored: bool
) -> None:
    environment.update(variables)
    assert ("\x1b" in gmlrun(write("bad.gml", "return missing_variable;"), *words).stderr) == colored


def test_a_terminal_shows_colours(environment: dict[str, str], write) -> None:
    path = write("bad.gml", "return missing_variable;")
    usual = {**environment, "TERM": "xterm", "NO_COLOR": "", "FORCE_COLOR": ""}
    for variables, colored in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
        child = pexpect.spawn(
            sys.executable, ["-m", "gmlrun", str(path)], env={**usual, **variables}, encoding="utf-8", timeout=20
        )
        shown = child.read()
        child.close()
        assert (CARET in shown) == colored


# --------------------------------------------------------------------- start-up

FRONT_END = ("lark", "asyncio", "websockets", "prompt_toolkit", "ssl", "gmlrun.syntax", "gmlrun.compiler")
NEEDLESS = (*FRONT_END, "argparse", "pathlib", "hashlib", "socket", "selectors", "json", "inspect", "gmlrun.net")
LIBRARY = (
    "typing",
    "re",
    "enum",
    "collections",
    "functools",
    "contextlib",
    "dataclasses",
    "threading",
    "signal",
    "copy",
)
LIBRARY += (
    "types",
    "weakref",
    "heapq",
    "operator",
    "reprlib",
    "importlib",
    "warnings",
    "struct",
    "logging",
    "tempfile",
)
NEEDLESS += tuple(name for name in LIBRARY if name not in sys.builtin_module_names)
NEEDLESS += ("gmlrun.build.front_end", "gmlrun.cli.commands", "gmlrun.cli.parser", "gmlrun.values.buffers")
NEEDLESS += ("gmlrun.values.data_types", "gmlrun.values.buffer_access")
NEEDLESS += ("gmlrun.values.priority", "gmlrun.values.random", "gmlrun.engine.input", "gmlrun.engine.sockets")


def test_a_cached_run_imports_nothing_that_it_does_not_use(gmlrun: Run, environment: dict[str, str], write) -> None:
    path = write("hello.gml", 'if (string_length(string_upper("x")) == 1) show_debug_message("hello");')
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    for _ in range(2):
        assert gmlrun(path).returncode == 0
    code = (
        "import sys; before = set(sys.modules); from gmlrun.cli import main; main([sys.argv[1]]);"
        f"print([name for name in {NEEDLESS!r} if name in sys.modules and name not in before])"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, env=environment)
    assert (done.stdout, done.stderr) == ("hello\n[]\n", "")


UNRELATED = tuple(f"gmlrun.builtins.{name}" for name in ("arrays", "buffers", "dates", "http", "instances", "strings"))


def test_a_program_that_is_new_imports_only_the_chapters_that_it_names(
    gmlrun: Run, environment: dict[str, str], write
) -> None:
    assert gmlrun(write("first.gml", 'show_debug_message("first");')).returncode == 0
    path = write("other.gml", "show_debug_message(abs(-3));")
    code = (
        "import sys; from gmlrun.cli import main; main([sys.argv[1]]);"
        f"print([name for name in {UNRELATED!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, env=environment)
    assert (done.stdout, done.stderr) == ("3\n[]\n", "")


def test_a_cache_folder_that_is_damaged_or_missing_does_no_harm(
    gmlrun: Run, environment: dict[str, str], write
) -> None:
    path = write("hello.gml", 'show_debug_message("hello");')
    assert gmlrun(path).returncode == 0
    folder = Path(environment["XDG_CACHE_HOME"]) / "gmlrun"
    kept = list(folder.iterdir())
    assert (
        len([file for file in kept if not file.name.startswith(".modules-")]) == 3
    )  # the grammar, the library, the program
    for file in kept:
        file.write_bytes(file.read_bytes()[:100] + b"\0" * 50)
    done = gmlrun(path)
    assert (done.stdout, done.stderr) == ("hello\n", "")
    shutil.rmtree(folder)
    folder.write_text("a file", encoding="utf-8")
    done = gmlrun(path)
    assert (done.stdout, done.stderr) == ("hello\n", "")


VALUES = ("1", "0", "2.5", "text", "json", "a.gml", "x=1", "7000=0", "127.0.0.1", "auto", "never", "http://a.org", "-1")


@pytest.mark.parametrize("name", ["run", "repl", "check", "test"])
def test_plain_options_are_read_as_argparse_reads_them(name: str) -> None:
    rng, parser, read = random.Random(name), make_parser(), 0
    options = next(command.options for command in COMMANDS if command.name == name)
    for _ in range(2000):
        words = [name, *rng.choices(("a.gml", "b"), k=rng.randint(0, 2))]
        for option in rng.sample(options, rng.randint(0, 3)):
            value = rng.choice((*option.choices, *VALUES))
            takes_word = not option.is_switch and option.alone is None
            words += rng.choice(([option.name], [option.name, value][: 1 + takes_word], [f"{option.name}={value}"]))
        quick = quick_options(written_out(words))
        if quick is not None:
            read += 1
            assert {**vars(quick), "help": None} == vars(parser.parse_args(written_out(words)))
    assert read > 100


def test_the_manual_names_every_option_of_run() -> None:
    parser = make_parser()
    described = "".join(
        (ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("command-line.md", "workbench.md")
    )
    wanted = [name for name in parser.known_options() if name not in OWN_OPTIONS]
    assert [name for name in wanted if name not in described] == []


def test_exec_runs_before_the_program(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text("show_debug_message(global.port);", encoding="utf-8")
    done = gmlrun(str(tmp_path / "main.gml"), "--exec", "global.port = 7000")
    assert (done.stdout, done.returncode) == ("7000\n", 0)

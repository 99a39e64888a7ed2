"""How games end, and what must not end them: signals, endless events, taken ports, full disks, readers that go."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.game import Game
from gmlrun.runtime import Settings
from tests.conftest import Run, Start

ENDLESS = {
    "step event": "event step { while (true) {} }",
    "try in a loop": "event step { while (true) { try { throw 1; } catch (error) { caught = error; } } }",
    "finally in a loop": "event step { while (true) { try { x += 1; } finally { y += 1; } } }",
    "callback of a builtin": "event step { array_foreach(array_create(9000000, 0), function() { x += 1; }); }",
    "recursion": "function again(n) { if (n > 0) { again(n - 1); again(n - 1); } }\nevent step { again(900); }",
    "alarm": "alarm[0] = 1; event alarm0 { do { x += 1; } until (false); }",
}
BYE = '\nshow_debug_message("up");\nevent other_game_end { show_debug_message("bye"); }\n'
EXITS = {signal.SIGINT: 130, signal.SIGTERM: 0, signal.SIGHUP: 0}


def started(start: Start, path: Path, *options: str) -> subprocess.Popen[str]:
    process = start(path, *options)
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        (tmp_path / "main.gml").write_text(text + BYE)
        return tmp_path / "main.gml"

    return write


# --------------------------------------------------------------------- signals


@pytest.mark.parametrize("number", EXITS, ids=lambda number: signal.Signals(number).name)
@pytest.mark.parametrize("kind", ["step event", "try in a loop"])
def test_a_signal_ends_an_endless_event_and_the_last_events_run(
    start_gmlrun: Start, program: Callable[[str], Path], kind: str, number: signal.Signals
) -> None:
    process = started(start_gmlrun, program(ENDLESS[kind]))
    time.sleep(0.2)
    process.send_signal(number)
    output, errors = process.communicate(timeout=20)
    assert (output, errors, process.returncode) == ("bye\n", "", EXITS[number])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP], ids=["SIGINT", "SIGHUP"])
def test_the_second_signal_ends_at_once(
    start_gmlrun: Start, program: Callable[[str], Path], number: signal.Signals
) -> None:
    process = started(start_gmlrun, program("event step {} event other_room_end { while (true) {} }"))
    process.send_signal(number)
    time.sleep(0.3)
    process.send_signal(number)
    process.communicate(timeout=20)
    assert process.returncode == (130 if number == signal.SIGINT else -number)


WAYS_TO_END = {
    "nothing is left": ("x = 1;", []),
    "game_end": ("event step { game_end(0); }", []),
    "a frame": ("event step {}", ["--exit-at-frame=2"]),
    "a signal": ("event step {}", []),
    "a signal in an endless event": (ENDLESS["try in a loop"], []),
}
LAST_EVENTS = {
    "throws": ('throw "oops";', 1, "oops"),
    "ends the game": ("game_end(5);", 5, ""),
    "is endless": ("while (true) { try { throw 1; } catch (error) { caught = error; } }", 1, "has run for 0.3 seconds"),
}


@pytest.mark.parametrize("last", LAST_EVENTS)
@pytest.mark.parametrize("way", WAYS_TO_END)
def test_however_a_game_ends_its_last_event_may_fail(start_gmlrun: Start, tmp_path: Path, way: str, last: str) -> None:
    (text, options), (ending, code, message) = WAYS_TO_END[way], LAST_EVENTS[last]
    path = tmp_path / "main.gml"
    path.write_text(f'{text}\nshow_debug_message("up");\nevent other_game_end {{ {ending} }}')
    process = started(start_gmlrun, path, *options, *(["--event-timeout=0.3"] if last == "is endless" else []))
    if "signal" in way:
        time.sleep(0.2)  # the step event is running
        process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == code
    assert message in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("option", ["--watch=reload", "--reload-on-hup"])
def test_sighup_reloads(start_gmlrun: Start, program: Callable[[str], Path], option: str) -> None:
    path = program("event step {}")
    process = started(start_gmlrun, path, option)
    process.send_signal(signal.SIGHUP)
    assert process.stderr is not None
    assert "are replaced" in process.stderr.readline()
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=20)[0] == "bye\n"


def test_request_end_from_another_thread_stops_an_endless_loop(program: Callable[[str], Path]) -> None:
    lines: list[str] = []
    game = Game.load([program(ENDLESS["try in a loop"])], Settings(), output=lines.append)
    threading.Timer(0.2, game.request_end, [7]).start()
    assert game.run() == 7
    assert lines == ["up", "bye"]


NOTED = """
import builtins, sys
from pathlib import Path
from gmlrun.game import Game
from gmlrun.runtime import Settings

imported, plain_import = [], builtins.__import__

def noted(name, *others):
    imported.append(name)
    return plain_import(name, *others)

def end(line):
    if line == "spinning":
        builtins.__import__ = noted
        game.request_end(7)
        builtins.__import__ = plain_import

game = Game.load([Path(sys.argv[1])], Settings(), output=end)
print(game.run(), *imported)
"""


def test_request_end_imports_nothing_new(environment: dict[str, str], program: Callable[[str], Path]) -> None:
    """A signal handler calls it, perhaps in the middle of an import, which another import would break."""
    path = program('event step { show_debug_message("spinning"); while (true) {} }')
    command = [sys.executable, "-c", NOTED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=30)
    assert (done.stdout, done.stderr) == ("7 gmlrun.engine.loop\n", "")


def test_request_end_reaches_a_game_on_another_thread(program: Callable[[str], Path]) -> None:
    codes: list[int] = []
    game = Game.load([program(ENDLESS["step event"])], Settings(), output=lambda line: None)
    runner = threading.Thread(target=lambda: codes.append(game.run()))
    runner.start()
    time.sleep(0.3)
    game.request_end(5)
    runner.join(20)
    assert codes == [5]


# ------------------------------------------------------------------- time limits


@pytest.mark.parametrize("kind", ENDLESS)
def test_an_event_that_runs_too_long_is_an_error(gmlrun: Run, program: Callable[[str], Path], kind: str) -> None:
    done = gmlrun(program(ENDLESS[kind].replace("x += 1", "t = 1").replace("y += 1", "t = 2")), "--event-timeout=0.3")
    assert done.returncode == 1
    assert "the event has run for 0.3 seconds" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_game_goes_on_after_an_event_that_ran_too_long(gmlrun: Run, program: Callable[[str], Path]) -> None:
    text = """
n = 0;
event step { n += 1; if (n == 2) { while (true) { try { throw 1; } catch (e) { m = e; } } } if (n == 4) game_end(6); }
"""
    done = gmlrun(program(text), "--event-timeout=0.3", "--on-error=continue")
    assert (done.stdout, done.returncode) == ("up\nbye\n", 6)
    assert done.stderr.count("the event has run for 0.3 seconds") == 1


def test_many_short_events_are_not_one_long_event(gmlrun: Run, program: Callable[[str], Path]) -> None:
    text = """
n = 0; began = current_time;
event step { n += 1; var until_ = current_time + 30; while (current_time < until_) {} if (n == 20) game_end(3); }
"""
    assert gmlrun(program(text), "--event-timeout=0.3").returncode == 3


def test_a_time_limit_holds_on_a_thread_that_is_not_the_main_one(program: Callable[[str], Path]) -> None:
    codes: list[int] = []
    reports: list[str] = []
    game = Game.load(
        [program(ENDLESS["try in a loop"])],
        Settings(event_timeout=0.3),
        output=lambda line: None,
        on_report=lambda report: reports.append(report.message),
    )
    runner = threading.Thread(target=lambda: codes.append(game.run()))
    runner.start()
    runner.join(20)
    assert codes == [1]
    assert "has run for 0.3 seconds" in reports[0]


# ------------------------------------------------------------------- taken ports


def test_a_taken_port_is_told_of_and_exits_with_1(gmlrun: Run, program: Callable[[str], Path]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = gmlrun(program(f"network_create_server(network_socket_tcp, {port}, 4);"), "--bind=127.0.0.1")
        other = f"network_create_server(network_socket_tcp, {port}, 4); alarm[0] = 2; event alarm0 {{ game_end(); }}"
        goes_on = gmlrun(program(other), "--bind=127.0.0.1")
    assert done.returncode == 1
    assert f"process {os.getpid()} (" in done.stderr
    assert "has it: end that, or use --map-port FROM=TO" in done.stderr
    assert "--map-port" in done.stderr
    assert goes_on.returncode == 0


# ------------------------------------------------------------------------ output


TALKER = (
    "n = 0; event step { show_debug_message(string_repeat(string(n), 100)); n += 1; if (n == 30) { game_end(4); } }"
)


def test_a_full_log_disk_does_not_end_a_game(environment: dict[str, str], program: Callable[[str], Path]) -> None:
    path = program(TALKER.replace("n == 30", "n == 200"))
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "gmlrun", str(path), "--fps=500"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, timeout=30)
    assert done.returncode == 4
    assert done.stderr.count("standard output cannot be written") == 1
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "2>/dev/full", "| head -1"])
def test_output_that_nobody_reads_does_not_end_a_game(
    environment: dict[str, str], program: Callable[[str], Path], tmp_path: Path, closed: str
) -> None:
    path = program(TALKER + 'event other_game_end { var f = file_text_open_write("end"); file_text_close(f); }')
    path.write_text(path.read_text().replace(BYE, ""))
    command = f"{sys.executable} -m gmlrun {path} --fps=500 --save-dir {tmp_path / 'saved'} {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, timeout=30)
    assert (tmp_path / "saved" / "end").exists(), done.stderr
    assert "Traceback" not in done.stderr
    if "|" not in closed:
        assert done.returncode == 4


# ------------------------------------------------------------------------- disks

SAVERS = {
    "ini": 'ini_open("f"); ini_write_string("a", "b", string_repeat("x", 500000)); ini_close();',
    "text": 'var f = file_text_open_write("f"); try { file_text_write_string(f, string_repeat("x", 500000)); }'
    ' catch (e) { show_debug_message("caught"); } file_text_close(f);',
    "buffer": 'var b = buffer_create(500000, buffer_fixed, 1); buffer_save(b, "f");',
    "map": 'var m = ds_map_create(); m[? "k"] = string_repeat("x", 500000); ds_map_secure_save(m, "f");',
    "zip": 'var z = zip_create(); zip_add_file(z, "big", "big"); zip_save(z, "f");',
}


@pytest.mark.parametrize("kind", SAVERS)
def test_a_full_disk_leaves_the_old_file_whole(
    environment: dict[str, str], program: Callable[[str], Path], tmp_path: Path, kind: str
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "f").write_text("[old]\nkey=value\n")
    (saved / "big").write_bytes(os.urandom(500_000))
    run = f"{sys.executable} -m gmlrun {program(SAVERS[kind])} --no-cache --save-dir {saved}"
    command = f"export PYTHONDONTWRITEBYTECODE=1; trap '' XFSZ; ulimit -f 100; exec {run}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, timeout=30)
    assert (saved / "f").read_text() == "[old]\nkey=value\n"
    assert sorted(os.listdir(saved)) == ["big", "f"]
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "bye")
    assert "Traceback" not in done.stderr
    assert "f" in done.stderr


DURING_A_SAVE = [(kind, signal.SIGTERM) for kind in SAVERS] + [("buffer", signal.SIGINT), ("buffer", signal.SIGHUP)]


@pytest.mark.parametrize(("kind", "number"), DURING_A_SAVE)
def test_a_signal_during_a_save_leaves_the_file_whole(
    start_gmlrun: Start, program: Callable[[str], Path], tmp_path: Path, kind: str, number: signal.Signals
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "big").write_bytes(os.urandom(500_000))
    saver = SAVERS[kind].replace("var ", "")
    process = started(start_gmlrun, program(f"event step {{ {saver} }}"), "--no-cache", "--save-dir", str(saved))
    until = time.monotonic() + 30
    while not (saved / "f").exists() and time.monotonic() < until:
        time.sleep(0.01)
    size = (saved / "f").stat().st_size
    process.send_signal(number)
    output, errors = process.communicate(timeout=20)
    assert (output, errors, process.returncode) == ("bye\n", "", EXITS[number])
    assert {file.name: file.stat().st_size for file in saved.iterdir()} == {"big": 500_000, "f": size}


LEFT_OPEN = {
    "binary file": 'f = file_bin_open("f", 2); file_bin_write_byte(f, 65);',
    "text file": 'f = file_text_open_write("f"); file_text_write_string(f, "A");',
}


@pytest.mark.parametrize("blocks", ["unlimited", "0"], ids=["disk with room", "full disk"])
@pytest.mark.parametrize("kind", LEFT_OPEN)
def test_a_file_that_is_left_open_is_closed_in_silence(
    environment: dict[str, str], program: Callable[[str], Path], tmp_path: Path, kind: str, blocks: str
) -> None:
    run = f"{sys.executable} -W always -m gmlrun {program(LEFT_OPEN[kind])} --no-cache --save-dir {tmp_path / 'saved'}"
    command = f"export PYTHONDONTWRITEBYTECODE=1; trap '' XFSZ; ulimit -f {blocks}; exec {run}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, timeout=30)
    assert (done.returncode, done.stdout) == (0, "up\nbye\n")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert "Warning" not in done.stderr
    if blocks == "unlimited":
        assert (tmp_path / "saved" / "f").read_text() == "A"


APPENDING = """
var f = file_text_open_append("f");
try { repeat (2000) file_text_write_string(f, string_repeat("x", 300)); } catch (e) { }
file_text_close(f);
"""


def test_a_full_disk_leaves_what_was_there_before_more_was_appended(
    environment: dict[str, str], program: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "f").write_text("old")
    run = f"{sys.executable} -m gmlrun {program(APPENDING)} --no-cache --save-dir {tmp_path / 'saved'}"
    command = f"export PYTHONDONTWRITEBYTECODE=1; trap '' XFSZ; ulimit -f 100; exec {run}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=environment, timeout=30)
    assert (tmp_path / "saved" / "f").read_text().startswith("oldxxx")
    assert (done.returncode, done.stdout) == (0, "up\nbye\n")
    assert "Traceback" not in done.stderr


def test_a_file_that_is_being_written_is_not_found(gmlrun: Run, program: Callable[[str], Path], tmp_path: Path) -> None:
    text = """
var f = file_text_open_write("a.txt");
file_text_write_string(f, "one");
show_debug_message(file_find_first(".*", 0) == "");
var left_open = file_text_open_write("b.txt");
file_text_write_string(left_open, "two");
file_text_close(f);
"""
    done = gmlrun(program(text), "--save-dir", tmp_path / "saved")
    assert (done.stdout.splitlines()[0], done.stderr) == ("1", "")
    assert sorted(os.listdir(tmp_path / "saved")) == ["a.txt", "b.txt"]
    assert (tmp_path / "saved" / "b.txt").read_text() == "two"


def test_a_saved_file_has_the_rights_of_the_old_one(
    gmlrun: Run, program: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "old").write_text("")
    (tmp_path / "saved" / "old").chmod(0o640)
    text = 'var b = buffer_create(1, buffer_fixed, 1); buffer_save(b, "old"); buffer_save(b, "new");'
    mask = os.umask(0o027)
    try:
        gmlrun(program(text), "--save-dir", tmp_path / "saved")
    finally:
        os.umask(mask)
    rights = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "saved").iterdir()}
    assert rights == {"old": 0o640, "new": 0o640}


ODD_NAMES = ["", ".", "..", "folder", "a" * 300, "no/such/../../..", "x\0y", "/etc/passwd", "folder/"]
FILE_CALLS = [
    "file_text_open_write(NAME)", "file_text_open_append(NAME)", "file_text_open_read(NAME)", "file_bin_open(NAME, 0)",
    "file_bin_open(NAME, 1)", "file_bin_open(NAME, 2)", "file_delete(NAME)", "file_rename(NAME, \"z\")",
    "file_rename(\"there\", NAME)", "file_copy(\"there\", NAME)", "file_copy(NAME, \"z\")", "file_exists(NAME)",
    "file_attributes(NAME, 0)", "file_find_first(NAME, 0)", "directory_create(NAME)", "directory_destroy(NAME)",
    "directory_exists(NAME)", "buffer_save(buffer_create(1, 0, 1), NAME)", "buffer_load(NAME)",
    "zip_unzip(NAME, \"z\")",
    "zip_unzip(\"there\", NAME)", "zip_save(zip_create(), NAME)", "ds_map_secure_save(ds_map_create(), NAME)",
    "ds_map_secure_load(NAME)", "md5_file(NAME)", "sha1_file(NAME)", "ini_open(NAME)",
]  # fmt: skip


def test_no_file_function_ends_a_program(gmlrun: Run, program: Callable[[str], Path], tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    (saved / "folder" / "inner").mkdir(parents=True)
    (saved / "there").write_text("text")
    names = [f'"{name.replace(chr(0), "")}"' for name in ODD_NAMES]
    calls = [call.replace("NAME", name) for call in FILE_CALLS for name in names]
    tries = "\n".join(f'try {{ {call}; }} catch (e) {{ n += string_count("internal", e.message); }}' for call in calls)
    done = gmlrun(program(f"n = 0;\n{tries}\nshow_debug_message(n);"), "--save-dir", saved)
    assert done.stdout.splitlines() == ["0", "up", "bye"]
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


def test_a_save_folder_that_cannot_be_written_is_told_of_at_the_start(
    gmlrun: Run, program: Callable[[str], Path]
) -> None:
    saving = 'var f = file_text_open_write("f"); show_debug_message(f);'
    done = gmlrun(program(saving), "--save-dir", "/proc/nowhere")
    assert "the save folder /proc/nowhere cannot be written" in done.stderr
    assert done.stdout.startswith("-1\n")
    assert gmlrun(program("x = 1;"), "--save-dir", "/proc/nowhere").stderr == ""


# ------------------------------------------------------------------------ reading


def test_hidden_files_keys_and_own_sources_are_not_readable(
    gmlrun: Run, program: Callable[[str], Path], tmp_path: Path
) -> None:
    from gmlrun import cli

    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "id").write_text("secret")
    (tmp_path / ".env").write_text("secret")
    (tmp_path / "open.txt").write_text("fine")
    (tmp_path / "link").symlink_to(Path(cli.__file__).parent)
    names = [".env", ".ssh/id", "./.ssh/../.env", "link/options.py"]
    tests = "\n".join(f'show_debug_message(file_exists("{n}") || buffer_load("{n}") != -1);' for n in names)
    done = gmlrun(
        program(
            f'{tests}\nshow_debug_message(file_find_first(".*", 0) == "");show_debug_message(file_exists("open.txt"));'
        )
    )
    assert done.stdout.splitlines()[: len(names) + 2] == ["0"] * len(names) + ["1", "1"]


def test_a_data_folder_takes_the_place_of_the_programs_own(
    gmlrun: Run, program: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "level.txt").write_text("one")
    path = program('show_debug_message(file_exists("level.txt")); show_debug_message(file_exists("main.gml"));')
    assert gmlrun(path, "--data-dir", tmp_path / "data").stdout.splitlines()[:2] == ["1", "0"]


# ------------------------------------------------------------------------ memory


def test_memory_has_a_limit(gmlrun: Run, program: Callable[[str], Path]) -> None:
    text = "try { var b = buffer_create(900000000, buffer_fixed, 1); } catch (e) { show_debug_message(e.message); }"
    assert gmlrun(program(text), "--max-memory=300").stdout.splitlines()[0] == "Out of memory"


def test_a_small_program_needs_little_memory(gmlrun: Run, program: Callable[[str], Path]) -> None:
    assert gmlrun(program('show_debug_message("small");'), "--max-memory=40").stdout.splitlines()[0] == "small"


@pytest.mark.parametrize(
    "option",
    [
        *("--max-memory=0", "--max-unpack=0", "--max-per-address=0", "--event-timeout=0", "--idle-timeout=0"),
        *("--data-dir=no/such/folder", "--ws-origin=example.org", "--ws-origin=https://example.org/page"),
    ],
)
def test_a_ceiling_that_cannot_be_meant_is_refused(gmlrun: Run, program: Callable[[str], Path], option: str) -> None:
    done = gmlrun(program("x = 1;"), option)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"argument {option.partition('=')[0]}: expected" in done.stderr


def test_what_unpacks_to_more_than_the_limit_is_refused(gmlrun: Run, program: Callable[[str], Path]) -> None:
    text = """
var big = buffer_create(3 * 1024 * 1024, buffer_fixed, 1);
var packed = buffer_compress(big, 0, buffer_get_size(big));
show_debug_message(buffer_decompress(packed));
"""
    assert gmlrun(program(text), "--max-unpack=2").stdout.splitlines()[0] == "-1"
    assert gmlrun(program(text), "--max-unpack=4").stdout.splitlines()[0] != "-1"

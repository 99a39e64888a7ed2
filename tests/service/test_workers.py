"""Several processes on one port: all get clients, a crashed one is started again, signals reach all of them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, Start
from tests.service.conftest import wait_until

PROGRAM = """
server = network_create_server_raw(network_socket_tcp, 6510, 500);
me = environment_get_variable("GMLRUN_WORKER");
event async_network {
    if (async_load[? "type"] == network_type_connect) { show_debug_message("worker " + me); }
}
event other_game_end { show_debug_message("end " + me); }
"""


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def workers(start_gmlrun: Start, tmp_path: Path, port: int) -> subprocess.Popen[str]:
    (tmp_path / "many.gml").write_text(PROGRAM, encoding="utf-8")
    words = ("many.gml", "--bind=127.0.0.1", f"--map-port=6510={port}", "--workers=3")
    made = start_gmlrun(*words)
    assert made.stderr is not None
    assert [made.stderr.readline() for _ in range(3)] == [f"gmlrun: listening tcp 127.0.0.1:{port}\n"] * 3
    return made


def processes(gmlrun: Run) -> dict[str, int]:
    """The workers by name, with their processes."""
    rows = [line.split() for line in gmlrun("ps").stdout.splitlines()[1:]]
    return {row[1]: int(row[0]) for row in rows}


def end(made: subprocess.Popen[str]) -> tuple[str, str]:
    """Ends all workers; what they have said."""
    made.send_signal(signal.SIGTERM)
    return made.communicate()


def test_clients_are_shared_and_signals_passed_on(workers: subprocess.Popen[str], gmlrun: Run, port: int) -> None:
    wait_until(lambda: processes(gmlrun).keys() == {"many.1", "many.2", "many.3"})
    clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]
    assert workers.stdout is not None
    said = {workers.stdout.readline() for _ in range(60)}
    for client in clients:
        client.close()
    assert said == {f"worker {n}\n" for n in (1, 2, 3)}
    output, _ = end(workers)
    assert sorted(output.split("\n")) == ["", "end 1", "end 2", "end 3"]
    assert workers.returncode == 0


def test_a_worker_that_crashes_is_started_again(workers: subprocess.Popen[str], gmlrun: Run) -> None:
    wait_until(lambda: len(processes(gmlrun)) == 3)
    before = processes(gmlrun)
    wait_until(lambda: age(before["many.2"]) > 6)
    os.kill(before["many.2"], signal.SIGKILL)
    assert workers.stderr is not None
    assert workers.stderr.readline() == "gmlrun: worker 2 has ended with -9: it is started again\n"
    wait_until(lambda: len(processes(gmlrun)) == 3)
    after = processes(gmlrun)
    assert after["many.2"] != before["many.2"]
    assert (after["many.1"], after["many.3"]) == (before["many.1"], before["many.3"])
    end(workers)


def age(process: int) -> float:
    """Seconds that a process has lived."""
    started = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return float(Path("/proc/uptime").read_text().split()[0]) - started


def test_workers_end_with_the_process_that_watches_them(workers: subprocess.Popen[str], gmlrun: Run) -> None:
    wait_until(lambda: len(processes(gmlrun)) == 3)
    workers.kill()
    workers.wait()
    wait_until(lambda: not processes(gmlrun))


def test_one_worker_can_be_stopped(workers: subprocess.Popen[str], gmlrun: Run) -> None:
    wait_until(lambda: len(processes(gmlrun)) == 3)
    assert gmlrun("stop", "many.2").stdout == "many.2 has ended\n"
    assert processes(gmlrun).keys() == {"many.1", "many.3"}
    end(workers)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--map-port=6510=0"], "--workers share a port"),
        (["--agones"], "do not go together"),
        (["--workers=0"], "expected a whole number of at least 1"),
    ],
)
def test_mistakes(gmlrun: Run, tmp_path: Path, words: list[str], message: str) -> None:
    (tmp_path / "many.gml").write_text(PROGRAM, encoding="utf-8")
    done = gmlrun("many.gml", "--workers=2", *words)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_port_that_another_server_has_ends_the_workers(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "many.gml").write_text(PROGRAM, encoding="utf-8")
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        done = gmlrun("many.gml", "--bind=127.0.0.1", f"--map-port=6510={taken}", "--workers=2")
    assert done.returncode == 1
    assert len(re.findall("cannot listen on tcp", done.stderr)) == 2


def test_each_worker_has_a_log_of_its_own(start_gmlrun: Start, tmp_path: Path, port: int) -> None:
    (tmp_path / "many.gml").write_text(PROGRAM, encoding="utf-8")
    made = start_gmlrun("many.gml", "--bind=127.0.0.1", f"--map-port=6510={port}", "--workers=2", "--log-file=a.log")
    logs = [tmp_path / f"a.{n}.log" for n in (1, 2)]
    wait_until(lambda: all(log.exists() and "listening" in log.read_text(encoding="utf-8") for log in logs))
    end(made)
    assert all("end" in log.read_text(encoding="utf-8") for log in logs)


LATE_SIGNAL = """
import os, signal, sys
from gmlrun.service import workers

workers.YOUNG = 0.0
system_fork, forks = os.fork, []


def fork():
    forks.append(0)
    process = system_fork()
    if process and len(forks) == 2:
        os.kill(os.getpid(), signal.SIGTERM)
    return process


os.fork = fork
code = workers.Supervisor(1).run()
if code is None and len(forks) == 1:
    os._exit(7)
if code is None:
    signal.pause()
sys.exit(code)
"""


def test_a_signal_in_the_middle_of_a_start_reaches_the_worker() -> None:
    done = subprocess.run([sys.executable, "-c", LATE_SIGNAL], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stderr) == (7, "gmlrun: worker 1 has ended with 7: it is started again\n")

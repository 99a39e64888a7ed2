"""Runs GameMaker's own test project on gmlrun and prints how each suite went.

    python tools/conformance CHECKOUT                              every test, through the project's remote control
    python tools/conformance CHECKOUT --suite BasicArrayTestSuite  one suite
    python tools/conformance CHECKOUT --whole                      all in one run, as the project does by itself

CHECKOUT is one of https://github.com/YoYoGames/GM-TestFramework. The project runs unchanged; its configuration is
written to the game's save area, and its own test server runs beside it. Through the remote control a test that ends
the game costs that test alone, where a whole run would have no results. Everything stays on loopback. The exit code
is 1 when a test failed or expired.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import remote  # noqa: E402
import report  # noqa: E402

ADDRESS = "127.0.0.1"
SECONDS_FOR_A_TEST = 90.0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__.partition("\n")[0])
    parser.add_argument("checkout", type=Path, help="a checkout of YoYoGames/GM-TestFramework")
    parser.add_argument("--suite", action="append", help="run only this suite")
    parser.add_argument("--whole", action="store_true", help="let the project run all suites by itself")
    parser.add_argument("--timeout", type=float, default=1800.0, help="seconds for the whole run")
    parser.add_argument("--log", type=Path, help="keep what the project prints in this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = list(run(options, Path(folder)))
    print(report.report(results))
    return any(report.outcome(result) in ("failed", "expired") for result in results)


def run(options: argparse.Namespace, folder: Path) -> Iterator[dict[str, Any]]:
    """The results of all tests, or those of the wanted suites."""
    checkout = options.checkout.resolve()
    log = (options.log or folder / "log.txt").open("wb")
    port = free_port()
    with log, server(checkout, port, folder / "results.json"):
        if not options.whole:
            control = remote.Remote(lambda to: game(checkout, folder, configuration(port, to), log), SECONDS_FOR_A_TEST)
            yield from control.results(options.suite or ())
        else:
            wait(game(checkout, folder, configuration(port), log), options.timeout)
            yield from published(folder / "results.json", log.name)


def configuration(port: int, control: int | None = None) -> dict[str, Any]:
    """What the project reads from `config.json`: where results go, where the server is, who controls it."""
    return {
        "Logger.level": 10,
        "HttpPublisher.ip": ADDRESS,
        "HttpPublisher.port": port,
        "HttpPublisher.endpoint": "tests",
        "$$parameters$$.run_name": "gmlrun",
        "$$parameters$$.remote_server": control is not None,
        "$$parameters$$.remote_server_address": ADDRESS,
        "$$parameters$$.remote_server_port": control,
        "$$parameters$$.test_server_address": ADDRESS,
        "$$parameters$$.test_server_port": port,
    }


def game(checkout: Path, folder: Path, settings: dict[str, Any], log: Any) -> subprocess.Popen[bytes]:
    """The project, running."""
    save = folder / "save"
    save.mkdir(exist_ok=True)
    (save / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    project = checkout / "projects" / "xUnit" / "xUnit.yyp"
    command = [sys.executable, "-m", "gmlrun", str(project), "--save-dir", str(save)]
    return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def wait(process: subprocess.Popen[bytes], timeout: float) -> None:
    """Waits for the end of the game; ends it when its time is over."""
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait()


def published(results: Path, log: str) -> list[dict[str, Any]]:
    """What the project published at its end."""
    if not results.exists():
        raise SystemExit(f"the project ended without publishing results; its last lines:\n{last_lines(log)}")
    found: list[dict[str, Any]] = json.loads(results.read_bytes())["data"]["results"]
    return found


def last_lines(log: str) -> str:
    """The end of a log."""
    return "\n".join(Path(log).read_text(encoding="utf-8", errors="replace").splitlines()[-30:])


@contextmanager
def server(checkout: Path, port: int, results: Path) -> Iterator[None]:
    """The checkout's test server, while the block runs."""
    command = [sys.executable, str(HERE / "echo.py"), str(checkout), str(port), str(results)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        if process.stdout is None or not process.stdout.readline():
            raise SystemExit(f"the test server does not start; see {checkout / 'requirements.txt'} for what it needs")
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server((ADDRESS, 0)) as listener:
        return int(listener.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main())

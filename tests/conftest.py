"""What all tests share: the command line as a user runs it, and tools whose absence fails in CI."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from gmlrun.syntax import tables

hypothesis.settings.register_profile("gmlrun", deadline=None)  # how fast a machine is, is no matter of a test
hypothesis.settings.load_profile("gmlrun")

os.environ["GMLRUN_FAULTS"] = "raise"  # a fault of gmlrun fails the test, and does not become a GML error

if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup, programs that tests start would go on with ignoring it

ROOT = Path(__file__).resolve().parent.parent

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., "subprocess.Popen[str]"]


def pytest_collection_finish() -> None:
    """The thousands of tests stay to the end: the garbage collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def grammar_tables() -> Path:
    """The file of the grammar's tables, which take a third of a second to make, for the caches of all tests."""
    tables.grammar()
    return Path(tables.tables_file())


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory, grammar_tables: Path) -> dict[str, str]:
    """The environment of a user whose cache and data folders are the test's own; they hold the grammar's tables."""
    home = tmp_path_factory.mktemp("home")
    (home / "cache" / "gmlrun").mkdir(parents=True)
    shutil.copy(grammar_tables, home / "cache" / "gmlrun")
    return {
        **os.environ,
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture(autouse=True)
def quiet_collector() -> Iterator[None]:
    """No other library hears of the garbage collector's work: a limit that is reached meanwhile would be lost there."""
    kept = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = kept


@pytest.fixture
def gmlrun(environment: dict[str, str], tmp_path: Path) -> Run:
    """Runs the command line in the test's folder and waits for its end."""

    def run(*words: object, stdin: str = "", folder: str = ".") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gmlrun", *map(str, words)]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, env=environment, cwd=tmp_path / folder, timeout=25
        )

    return run


@pytest.fixture
def start_gmlrun(environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Starts the command line in the test's folder; what still runs at the end of the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str | Path, stdin: int | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "gmlrun", *map(str, words)]
        pipe = subprocess.PIPE
        files = {"stdin": stdin, "stdout": pipe, "stderr": pipe}
        process = subprocess.Popen(command, **files, text=True, env=environment, cwd=tmp_path)  # type: ignore[call-overload]
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def need_tool() -> Callable[[str], str]:
    """The path of a program that a test needs: without it the test is skipped, but fails in CI."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"this test needs {name}, which is not installed")
        return str(path)

    return find

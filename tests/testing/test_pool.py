"""Tests run in processes: one that hangs or dies ends alone, and nothing outlives the run."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gmlrun.testing import pool
from gmlrun.testing.functions import TestFunctions
from gmlrun.testing.suite import Wish, collect, run
from tests.conftest import Run, Start
from tests.test_watch import rewrite, wait_for


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.gml").write_text(text, encoding="utf-8")


def many(count: int, code: str = "") -> str:
    return "".join(f"function test_{number}() {{ {code} }}\n" for number in range(count))


def never_end(*arguments: Any) -> None:
    """What no signal stops: a long call of a C library, as a test would meet it."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    while True:
        time.sleep(60)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_a_test_that_cannot_be_stopped_ends_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(TestFunctions, "test_advance", never_end)
    monkeypatch.setattr(pool, "GRACE", 0.3)
    hang = "function test_hang() { test_advance(1); }\n"
    write(tmp_path, test_a=many(40), test_b=many(3) + hang + many(30).replace("test_", "test_x"), test_c=many(40))
    wish = Wish([str(tmp_path)], jobs=processes, timeout=1.0)
    results = run(collect(wish), wish, lambda result: None)
    failed = [result for result in results if result.status == "failed"]
    assert [result.case.name for result in failed] == ["test_hang"]
    assert "was killed" in failed[0].message
    assert Counter(result.case for result in results) == Counter(collect(wish).cases)


def test_two_that_hang_at_once_cost_two_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TestFunctions, "test_advance", never_end)
    monkeypatch.setattr(pool, "GRACE", 0.3)
    write(tmp_path, test_a=many(1, "test_advance(1);") + many(1).replace("0", "1"), test_b=many(1, "test_advance(1);"))
    wish = Wish([str(tmp_path)], jobs=2, timeout=1.0)
    results = run(collect(wish), wish, lambda result: None)
    assert [result.status for result in results] == ["failed", "passed", "failed"]


def test_results_come_in_the_order_of_the_tests(tmp_path: Path) -> None:
    write(tmp_path, test_a=many(60, "for (var i = 0; i < 1000; i++) {}"), test_b=many(5))
    wish = Wish([str(tmp_path)], jobs=3)
    suite = collect(wish)
    assert [result.case for result in run(suite, wish, lambda result: None)] == suite.cases


def test_shuffle_follows_the_seed(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a=many(8), test_b=many(8))
    orders = [gmlrun("test", "--list", "--shuffle", "--seed", seed).stdout for seed in (3, 3, 4)]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(orders[0].splitlines()) == sorted(gmlrun("test", "--list").stdout.splitlines()) != orders[0]
    done = gmlrun("test", "--shuffle", "--jobs", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("16 passed in ")


def test_watch_runs_again_after_a_change(start_gmlrun: Start, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    write(tmp_path / "lib", script="function two() { return 3; }")
    write(tmp_path, test_a="/// @test with lib/script.gml\nfunction test_two() { assert_equals(two(), 2); }")
    process = start_gmlrun("test", "--watch")
    wait_for(process.stdout, "1 failed in")
    rewrite(tmp_path / "lib" / "script.gml", "function two() { return 2; }")
    wait_for(process.stdout, "1 passed in")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def workers_of(number: int) -> list[int]:
    """The processes that a process has started."""
    text = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii")
    return [int(word) for word in text.split()]


def is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="needs Linux's /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_the_run(start_gmlrun: Start, tmp_path: Path, how: signal.Signals) -> None:
    write(tmp_path, test_a=many(1, "while (true) {}"), test_b=many(1, "while (true) {}"))
    process = start_gmlrun("test", "--jobs", "2", "--timeout", "2")
    while len(found := workers_of(process.pid)) < 2:
        time.sleep(0.05)
    process.send_signal(how)
    process.wait(10)
    while any(map(is_running, found)):  # after a SIGKILL they end with their test
        time.sleep(0.05)

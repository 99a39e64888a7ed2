"""The fuzzers find a fault that is there, cut its input down, and tell the seed that makes it again."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import threading
import time

import pytest

from fuzz.__main__ import FUZZERS
from fuzz.engine import Fuzzer, failure, fuzz
from gmlrun.builtins import json_reading, json_writing
from gmlrun.net.protocols.stream import ServerStream
from tests.conftest import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

PLANTED = {
    "builtins": (json_writing.JsonWriter, "container", ("json_", "secure_save")),
    "readers": (json_reading.Reviver, "value", ("json_",)),
    "protocols": (ServerStream, "receive", ("b'",)),
}
"""Of each fuzzer: what is broken, and what an input that finds it has in it, one of these."""


def broken(*arguments: object) -> None:
    raise KeyError("planted")


@pytest.mark.parametrize("name", FUZZERS)
def test_runs_from_a_seed(name: str) -> None:
    fuzzer = FUZZERS[name]
    made = [fuzzer.make(random.Random(f"7:{number}")) for number in range(3)]
    again = [fuzzer.make(random.Random(f"7:{number}")) for number in range(3)]
    assert [fuzzer.show(parts) for parts in made] == [fuzzer.show(parts) for parts in again]
    assert [failure(fuzzer, parts) for parts in made] == [None] * 3


def test_the_control_fuzzer_ends_the_watchdogs_that_it_starts() -> None:
    before = threading.active_count()
    parts = [b'{"do": "attach", "width": 80}\n', b'{"text": "twice(21)"}\n']
    assert [failure(FUZZERS["control"], parts) for _ in range(3)] == [None] * 3
    end = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.05)
    assert threading.active_count() <= before


@pytest.mark.parametrize("name", PLANTED)
def test_finds_and_cuts_down(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, method, signs = PLANTED[name]
    monkeypatch.setattr(owner, method, broken)
    fuzzer = FUZZERS[name]
    for seed in range(1, 200):
        _, findings = fuzz(fuzzer, seed, 0.5)
        if findings:
            break
    found = findings[0]
    assert found.where.startswith("KeyError")
    assert any(sign in found.shown for sign in signs)
    monkeypatch.undo()


def test_cuts_down_to_the_parts_that_are_needed() -> None:
    def run(parts: list[int]) -> None:
        if 3 in parts and 40 in parts:
            raise ValueError

    _, findings = fuzz(Fuzzer("numbers", lambda rng: list(range(50)), run, str), 0, 0.05)
    assert [found.shown for found in findings] == ["[3, 40]"]


def test_command_line() -> None:
    command = [sys.executable, "-m", "fuzz", "protocols", "--seconds", "0.2", "--seed", "5"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=50)
    assert done.stdout.startswith("protocols: seed 5, 0.2 seconds\nprotocols: ")
    assert done.stdout.endswith(" inputs, 0 faults\n")
    assert done.returncode == 0
    assert subprocess.run([*command[:3], "no"], capture_output=True, cwd=ROOT, timeout=50).returncode == 2


def test_a_relay_stands_a_siege() -> None:
    command = [sys.executable, "-m", "fuzz.siege", "--seconds", "2", "--seed", "5"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=55)
    assert re.search(r"(\d+) of \1 messages answered, alive, 0 faults", done.stdout), done.stdout + done.stderr
    assert done.returncode == 0

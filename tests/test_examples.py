"""Each example does what its comment says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_demo_shows_every_packet_and_ends_by_itself(environment: dict[str, str]) -> None:
    command = [sys.executable, ROOT / "tools" / "demo.py"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout
    assert lines[0].startswith("server | gmlrun: listening tcp ")
    packets = [("hello", 6), ("from", 5), ("GML", 4)]
    client = [line for line in lines if line.startswith("client")]
    assert client == [
        *(f'client | sent "{text}": {size + 12} bytes' for text, size in packets),
        *(f'client | received "{text}": {size} bytes' for text, size in packets),
    ]
    assert any(line.endswith("connected from 127.0.0.1") for line in lines)

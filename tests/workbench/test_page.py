"""The page of the workbench shows what is printed: its command lines run against a server in GML."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "workbench.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```shell\n\$ (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES = re.findall(r'^```gml title="([^"]*)"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
VARIABLE = [
    (re.compile(r"^ +\d+\.\d{3}  ", re.MULTILINE), "TIME  "),
    (re.compile(r"127\.0\.0\.1:\d+"), "PLACE"),
    (re.compile(r"\d+\.\d+"), "N.N"),
]


FIGURES = re.compile(r" *\b\d[\d.,]*( (µs|ms|s|%))?")
"""What is measured, and the spaces that line it up."""


def settled(text: str, is_measured: bool) -> list[str]:
    """The lines of an output without what differs from run to run."""
    if is_measured:
        return [" ".join(FIGURES.sub(" N", line).split()) for line in text.splitlines()]
    for pattern, word in VARIABLE:
        text = pattern.sub(word, text)
    return text.splitlines()


@pytest.mark.parametrize(("line", "output"), SHOWN, ids=[line for line, _ in SHOWN])
def test_the_page_shows_what_is_printed(
    echo_server: Callable[[str], int], environment: dict[str, str], tmp_path: Path, line: str, output: str
) -> None:
    port = str(echo_server("tcp"))
    for name, text in FILES:
        (tmp_path / name).write_text(text.replace("6510", port), encoding="utf-8")
    command = line.replace("6510", port).replace("gmlrun ", f"{sys.executable} -m gmlrun ")
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=30
    )
    is_measured = "net flood" in line or "net bots" in line
    assert settled(done.stdout + done.stderr, is_measured) == settled(output, is_measured)


def test_there_are_examples() -> None:
    assert SHOWN

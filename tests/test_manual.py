"""The manual holds what it says: its GML compiles and runs, its Python runs, its command lines are understood."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from gmlrun.build.checking import check
from gmlrun.cli.options import COMMANDS, written_out
from gmlrun.cli.parser import make_parser
from gmlrun.diagnostics import format_diagnostic
from gmlrun.testing.functions import NAMES
from gmlrun.workbench.swarm import NAMES as BOT_NAMES
from tests.conftest import ROOT, Run, Start

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


class Fence(NamedTuple):
    """A code block of a page."""

    page: str
    line: int
    language: str
    title: str
    text: str


def fences(page: Path) -> Iterator[Fence]:
    """All code blocks of a page."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(r'^```(\w*)(?: title="([^"]*)")?\n(.*?)^```$', text, re.MULTILINE | re.DOTALL):
        yield Fence(page.name, text.count("\n", 0, found.start()) + 1, found[1], found[2] or "", found[3])


ALL = [fence for page in PAGES for fence in fences(page)]
PART_OF_MORE = "never-set"
"""What is found in a piece of a program whose variables are set in the rest of it."""
TITLED = {(fence.page, fence.title): fence.text for fence in ALL if fence.title.endswith(".gml")}


def in_language(language: str) -> list[object]:
    return [pytest.param(f, id=f"{f.page}:{f.line}") for f in ALL if f.language == language]


@pytest.mark.parametrize("fence", in_language("gml"))
def test_gml_compiles(fence: Fence, tmp_path: Path) -> None:
    program = tmp_path / "shown.gml"
    program.write_text(fence.text, encoding="utf-8")
    libraries = [tmp_path / name for page, name in TITLED if page == fence.page and TITLED[page, name] != fence.text]
    for library in libraries:
        library.write_text(TITLED[fence.page, library.name], encoding="utf-8")
    used = [path for path in libraries if "function" in path.read_text(encoding="utf-8")]
    findings = check([program, *used], functions=NAMES | BOT_NAMES)
    assert [format_diagnostic(found) for found in findings if found.code != PART_OF_MORE] == []


@pytest.mark.parametrize("page", sorted({fence.page for fence in ALL if fence.language == "python"}))
def test_python_runs(page: str, tmp_path: Path, environment: dict[str, str]) -> None:
    for (where, name), text in TITLED.items():
        if where == page:
            (tmp_path / name).write_text(text, encoding="utf-8")
    code = "\n".join(fence.text for fence in ALL if fence.page == page and fence.language == "python")
    (tmp_path / "page.py").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import page"], capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")


# --------------------------------------------------------------- command lines


def command_lines() -> Iterator[tuple[Fence, str, list[str]]]:
    """Each `$ gmlrun …` of the manual, with the output that is shown below it."""
    for fence in ALL:
        if fence.language in ("", "console"):
            for shown in re.split(r"^\$ ", fence.text, flags=re.MULTILINE)[1:]:
                line, *output = shown.splitlines()
                if line.startswith("gmlrun "):
                    yield fence, line, output


COMMAND_LINES = [pytest.param(*found, id=f"{found[0].page}: {found[1]}") for found in command_lines()]


@pytest.mark.parametrize(("fence", "line", "output"), COMMAND_LINES)
def test_command_lines_are_understood(fence: Fence, line: str, output: list[str]) -> None:
    words = shlex.split(line.partition(">")[0])[1:]
    words = words[: words.index("--")] if "--" in words else words
    if words[:1] == ["--version"]:
        return
    if words and words[0] not in {command.name for command in COMMANDS}:
        words.insert(0, "run")
    assert make_parser().parse_args(written_out(words or ["repl"])).command


ENDING = [(fence, line, output) for fence, line, output in command_lines() if output and "listening" not in output[0]]


@pytest.mark.parametrize(
    ("fence", "line", "output"), [pytest.param(*found, id=f"{found[0].page}: {found[1]}") for found in ENDING]
)
def test_output_is_as_shown(
    gmlrun: Run, start_gmlrun: Start, tmp_path: Path, fence: Fence, line: str, output: list[str]
) -> None:
    port = str(free_port())
    for (page, name), text in TITLED.items():
        if page == fence.page:
            (tmp_path / name).write_text(text.replace("6510", port), encoding="utf-8")
    if "client" in line:
        server = start_gmlrun("server.gml", "--bind=127.0.0.1")
        assert server.stderr is not None
        assert "listening" in server.stderr.readline()
    done = gmlrun(*shlex.split(line)[1:])
    said = [text for text in (done.stdout + done.stderr).splitlines() if "gmlrun: listening" not in text]
    assert said == output


def free_port() -> int:
    """A port that was free a moment ago."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# ---------------------------------------------------------------- the manual


def test_every_command_and_option_is_described() -> None:
    described = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    wanted = [f"gmlrun {command.name}" for command in COMMANDS if command.name != "run"]
    wanted += [option.name for command in COMMANDS for option in command.options]
    assert [name for name in wanted if name not in described] == []


def test_every_page_is_in_the_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [page.name for page in PAGES[1:] if f": {page.name}\n" not in contents] == []


def test_links_lead_somewhere() -> None:
    broken = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []

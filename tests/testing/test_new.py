"""`gmlrun new` writes programs that run and tests that pass, and never over what is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gmlrun.cli.commands.new import KINDS, WORKFLOW
from tests.conftest import ROOT, Run


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_made_passes_its_tests(gmlrun: Run, tmp_path: Path, kind: str) -> None:
    made = gmlrun("new", "mine", f"--{kind}")
    assert (made.returncode, made.stderr) == (0, "")
    assert (tmp_path / "mine" / ".github" / "workflows" / "test.yml").exists()
    done = gmlrun("test", "mine")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("2 passed in ")


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_for_continuous_integration_does_what_it_says(gmlrun: Run, tmp_path: Path, kind: str) -> None:
    gmlrun("new", "mine", f"--{kind}")
    text = (tmp_path / "mine" / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    facts = yaml.safe_load(text)
    assert set(facts) == {"name", True, "jobs"}, "YAML reads `on` as true"
    steps = facts["jobs"]["test"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands[0] == "pip install ./gmlrun"
    for command in commands[1:]:
        name, *words = command.split()
        done = gmlrun(*words, folder="mine")
        assert (name, done.returncode, done.stderr) == ("gmlrun", 0, ""), (command, done.stdout)
    kept = next(step["with"]["path"] for step in steps if step.get("uses", "").startswith("actions/upload-artifact"))
    assert (tmp_path / "mine" / kept).exists()
    assert all("uses" in step or "run" in step for step in steps)


def test_the_file_for_continuous_integration_fits_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "test.yml"
    path.write_text(WORKFLOW, encoding="utf-8")
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema=vendor.github-workflows", path]
    done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_manual_shows_the_file_for_continuous_integration() -> None:
    page = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    assert f"```yaml\n{WORKFLOW}```" in page


def test_the_project_runs(gmlrun: Run) -> None:
    gmlrun("new", "mine", "--project")
    done = gmlrun("run", "mine")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "dead")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["taken"], "taken is there already"),
        (["a", "--server", "--test"], "makes one kind"),
        (["a\x01"], "cannot be the name"),
    ],
)
def test_wrong_names_and_kinds_are_told(gmlrun: Run, tmp_path: Path, words: list[str], message: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").write_text("precious", encoding="utf-8")
    done = gmlrun("new", *words)
    assert done.returncode == 2
    assert message in done.stderr
    assert (tmp_path / "taken" / "file").read_text(encoding="utf-8") == "precious"

"""The wheel, as a user gets it: built, installed into an empty environment, run from another directory."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PROGRAM = """
assert_equals(1 + 1, 2);
show_debug_message($"from {string_upper("elsewhere")}");
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_wheel_carries_the_data_folders(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    for folder, suffix in (("grammar", "lark"), ("stdlib", "gml")):
        wanted = {f"gmlrun/_data/{folder}/{path.name}" for path in (ROOT / folder).glob(f"*.{suffix}")}
        assert wanted
        assert wanted <= packed
    assert "gmlrun/builtins/names.json" in packed
    assert not [name for name in packed if name.startswith(("tests", "benchmarks"))]


@pytest.mark.timeout(120)
def test_wheel_runs_from_another_directory(wheel: Path, tmp_path: Path) -> None:
    """Its dependencies are borrowed from the environment that runs the tests; gmlrun itself is not."""
    folder = tmp_path / "empty"
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    for package in ("lark", "urllib3", "websockets"):
        borrowed = Path(__import__(package).__file__).parent
        (Path(site) / package).symlink_to(borrowed, target_is_directory=True)
    (tmp_path / "elsewhere").mkdir()
    program = tmp_path / "elsewhere" / "hello.gml"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    environment |= {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_DATA_HOME": str(tmp_path / "data")}
    command = [python.with_name("gmlrun"), program.name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=program.parent, env=environment)
    assert (done.stdout, done.stderr, done.returncode) == ("from ELSEWHERE\n", "", 0)

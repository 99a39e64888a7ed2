"""Programs of several sources: what holds for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.build.front_end import FrontEnd
from gmlrun.build.pipeline import build_cached
from gmlrun.build.program import Part, Program
from gmlrun.builtins.table import Table
from gmlrun.cache import Cache
from gmlrun.source import Source

SOURCES = [
    "#macro Child:PORT 3\n#macro WHERE 1",
    "#macro PORT 1\n#macro Base:PORT 2",
    "#macro Other:PORT 4",
]


@pytest.mark.parametrize(("config", "port"), [("Default", 1.0), ("Base", 2.0), ("Child", 3.0), ("Grandchild", 3.0)])
def test_the_nearest_configuration_has_its_macros(config: str, port: float) -> None:
    parts = [Part(Source(f"{n}.gml", text), f"part{n}") for n, text in enumerate(SOURCES)]
    parents = {"Grandchild": "Child", "Child": "Base"}
    front = FrontEnd(Program(parts, config=config, config_parents=parents), Table())
    front.examine()
    assert front.macros["PORT"].body[0].value == port


def test_a_program_with_warnings_is_cached_with_them(tmp_path: Path) -> None:
    source = Source("server.gml", "function f() { return 1;\n}\nsend(5);\n")
    program = Program([Part(source, "gml_Object_main_Create_0")], goes_on=True)
    cache = Cache(tmp_path)
    first = build_cached(program, Table(), cache)
    assert [found.code for found in first.warnings] == ["unknown-function"]
    second = build_cached(program, Table(), cache)
    assert second.warnings == first.warnings
    assert second.units[0].code is not first.units[0].code
    assert len(list(tmp_path.iterdir())) == 1

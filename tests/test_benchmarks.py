"""The benchmarks compare like with like: all sides of each do the same."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import pytest

from benchmarks import builtins, lua, step
from benchmarks.language.run import NAMES, gml_side
from benchmarks.network.echo import SERVERS, is_there, measured, serving
from gmlrun.builtins import catalogue
from gmlrun.runtime import Runtime


@pytest.mark.parametrize("name", NAMES)
def test_both_sides_agree(name: str) -> None:
    module = importlib.import_module(f"benchmarks.language.{name}")
    gml, python = gml_side(module), module.python()
    assert type(python) in (int, float)
    assert gml() == gml() == python


@pytest.mark.parametrize("name", lua.PROGRAMS)
def test_lua_agrees(name: str, need_tool: Callable[[str], str]) -> None:
    need_tool("lua5.4")
    found = lua.measured(name)
    assert found is not None
    assert found[0] == importlib.import_module(f"benchmarks.language.{name}").python()


@pytest.mark.parametrize("kind", SERVERS)
def test_the_servers_of_the_network_benchmark_all_echo(kind: str) -> None:
    for words in SERVERS[kind].values():
        if is_there(words):
            with serving(words) as server:
                assert measured("load", kind, server.port, 3, 2, 0.05)["packets"] > 0


def test_the_latency_benchmark_measures_each_packet() -> None:
    with serving(SERVERS["tcp"]["bare"]) as server:
        found = measured("latency", server.port, 2, 500, 0.5)
    assert 1 <= len(found["p99"]) <= 5
    assert all(0 < found["fastest"] <= p99 <= found["slowest"] for p99 in found["p99"])


def test_the_forty_most_used_builtins_can_be_measured() -> None:
    rt, index = Runtime(), catalogue.load()
    world = builtins.world_of(rt, index)
    assert len(builtins.ROWS) >= 40
    for row in builtins.ROWS:
        ours, python, empty = builtins.measure(row, index.functions[row.name], rt, world, rounds=1)
        assert min(ours, python, empty) > 0, row.name


def test_the_step_benchmark_does_the_same_on_both_sides() -> None:
    ours, theirs = step.GmlFrames(3), step.PythonFrames(3)
    for _ in range(21):
        ours.run()
        theirs.run()
    assert [(one.at, one.turns) for one in ours.walkers()] == [(one.at, one.turns) for one in theirs.walkers()]

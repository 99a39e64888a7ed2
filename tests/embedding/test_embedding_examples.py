"""The programs in examples/embedding, driven as their users would."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import re
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from gmlrun import Game
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples" / "embedding"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"example_{name}", EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def play(client: Any, name: str, dice: Any) -> tuple[int, dict[str, Any]]:
    async with client.post("/play", json={"name": name, "dice": dice}) as answer:
        return answer.status, await answer.json()


async def a_game_over_http(rules: Path) -> list[tuple[int, dict[str, Any]]]:
    async with TestClient(TestServer(load("service").application(rules))) as client:
        answers = [await play(client, "Ada", [3, 4]), await play(client, "Bo", [5, 5]), await play(client, "Ada", "no")]
        rules.write_text(rules.read_text().replace("? 10 : 0", "? 100 : 0"))
        os.utime(rules, ns=(1, 1))
        return [*answers, await play(client, "Bo", [1, 1])]


def test_rules_in_gml_are_served_and_reloaded(tmp_path: Path) -> None:
    rules = Path(shutil.copy(EXAMPLES / "rules.gml", tmp_path))
    first, second, wrong, reloaded = asyncio.run(a_game_over_http(rules))
    assert first == (200, {"name": "Ada", "points": 7, "total": 7, "leader": "Ada"})
    assert second == (200, {"name": "Bo", "points": 20, "total": 20, "leader": "Bo"})
    assert wrong[0] == 400
    assert reloaded == (200, {"name": "Bo", "points": 102, "total": 122, "leader": "Bo"})


HOSTILE = {
    "while (true) {}": "the event has run for 2 seconds",
    "try { while (true) {} } finally { while (true) {} }": "the event has run for 2 seconds",
    'return [file_text_open_read("/etc/passwd")];': "reading /etc/passwd is not permitted",
    "return network_create_server(network_socket_tcp, 6510, 1);": "listening on port 6510 is not permitted",
    "var a = []; while (true) array_push(a, string_repeat(name, 1000000));": "",
    "return json_parse(name);": "",
}


def on_the_page() -> str:
    """The service of docs/embedding.md, by itself."""
    text = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    (found,) = (block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "aiohttp" in block)
    return str(found)


async def answers_of(code: str, requests: list[tuple[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    names: dict[str, Any] = {"__name__": "service"}
    exec(compile(code, "docs/embedding.md", "exec"), names)
    with names["game"]:
        return await answers_from(names["app"], requests)


async def answers_from(app: Any, requests: list[tuple[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    async with TestClient(TestServer(app)) as client:
        return [await play(client, *request) for request in requests]


def test_the_service_on_the_page_has_fifteen_lines_and_works() -> None:
    code = on_the_page()
    assert len([line for line in code.splitlines() if line]) <= 15
    right, wrong = asyncio.run(answers_of(code, [("Ada", [3, 4]), ("Ada", "no")]))
    assert right == (200, {"name": "Ada", "points": 7})
    assert wrong[0] == 400


@pytest.mark.parametrize("rule", HOSTILE)
def test_the_service_on_the_page_outlives_a_hostile_rule(rule: str) -> None:
    code = on_the_page()
    body = f"if (dice[0] == 6) {{ {rule} }} return dice;"
    hostile = re.sub(r'RULES = ".*"', lambda found: f"RULES = {f'function play(name, dice) {{ {body} }}'!r}", code)
    slower = hostile.replace("event_time=0.1", "event_time=2.0")
    assert len({code, hostile, slower}) == 3
    answers = asyncio.run(answers_of(slower, [("Ada", [1]), ("Ada", [6]), ("Ada", [2])]))
    assert answers[0] == (200, [1])
    assert answers[1][0] == 400
    assert HOSTILE[rule] in answers[1][1]["error"]
    assert answers[2] == (200, [2])


def test_bots_of_strangers_play(capsys: pytest.CaptureFixture[str]) -> None:
    scores, faults = load("bots").tournament()
    assert list(scores) == ["greedy", "grudge", "mirror", "spy", "stuck"]
    assert scores["greedy"] == 2 * 50 + 2 * 14
    assert "has run for 0.2 seconds" in faults.pop("stuck")
    assert "reading greedy.gml is not permitted" in faults.pop("spy")
    assert faults == {}


async def two_hundred_clients() -> list[float]:
    text = (ROOT / "examples" / "echo_server.gml").read_text().replace("6510, 32)", "6510, 200)")
    server = Game(text, settings=no_port(), on_output=quiet, on_log=quiet)
    server.start()
    running = asyncio.create_task(server.run_async())
    try:
        times: list[float] = await asyncio.wait_for(load("load").measure(server.ports[0], 200), 50)
        return times
    finally:
        server.stop()
        await running


def no_port() -> Any:
    from gmlrun import Settings

    return Settings(bind="127.0.0.1", map_port={6510: 0})


def quiet(line: str) -> None:
    """Takes a line that nobody reads."""


def test_two_hundred_clients_in_one_process() -> None:
    assert len(asyncio.run(two_hundred_clients())) == 200

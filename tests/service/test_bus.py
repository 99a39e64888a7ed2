"""Servers that talk over a real Redis, which the test starts, stops and starts again."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Run, Start
from tests.service.conftest import wait_until

ROOM = """
room_name = parameter_string(1);
function hear(message, channel) { show_debug_message(room_name + " hears " + message + " on " + channel); }
gmlrun_bus_subscribe("world", hear);
alarm[0] = 1;
event alarm0 { alarm[0] = 10; }
event other_game_end { show_debug_message("end"); }
"""


class Redis:
    """A Redis of the test's own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program, self.folder = program, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        words = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        wait_until(self.answers)

    def answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()

    def listeners(self, channel: str) -> int:
        """How many connections listen to a channel."""
        import redis

        with redis.Redis.from_url(self.url) as client:
            return int(client.pubsub_numsub(channel)[0][1])

    def publish(self, channel: str, message: str | bytes) -> None:
        import redis

        with redis.Redis.from_url(self.url) as client:
            client.publish(channel, message)


@pytest.fixture
def redis_server(need_tool: Callable[[str], str], tmp_path: Path) -> Iterator[Redis]:
    made = Redis(need_tool("redis-server"), tmp_path)
    yield made
    made.stop()


@pytest.fixture
def open_room(start_gmlrun: Start, tmp_path: Path) -> Callable[[str, str], subprocess.Popen[str]]:
    (tmp_path / "room.gml").write_text(ROOM, encoding="utf-8")

    def open_room(name: str, url: str) -> subprocess.Popen[str]:
        return start_gmlrun(tmp_path / "room.gml", "--redis", url, "--", name)

    return open_room


OpenRoom = Callable[[str, str], "subprocess.Popen[str]"]


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def test_rooms_hear_each_other(redis_server: Redis, open_room: OpenRoom, gmlrun: Run, tmp_path: Path) -> None:
    one, two = open_room("one", redis_server.url), open_room("two", redis_server.url)
    wait_until(lambda: redis_server.listeners("world") == 2)
    (tmp_path / "publisher.gml").write_text('gmlrun_bus_publish("world", "hello ☃");', encoding="utf-8")
    assert gmlrun("publisher.gml", "--redis", redis_server.url).returncode == 0
    assert line(one) == "one hears hello ☃ on world"
    assert line(two) == "two hears hello ☃ on world"
    redis_server.publish("world", b"\xff\xfe")
    assert line(one) == "one hears \ufffd\ufffd on world"
    one.terminate()
    assert line(one) == "end"
    assert one.wait() == 0
    wait_until(lambda: redis_server.listeners("world") == 1)


def test_a_redis_that_goes_away_stops_nothing_and_is_found_again(redis_server: Redis, open_room: OpenRoom) -> None:
    room = open_room("one", redis_server.url)
    assert room.stderr is not None
    wait_until(lambda: redis_server.listeners("world") == 1)
    redis_server.stop()
    assert "warning: Redis does not answer" in room.stderr.readline()
    redis_server.start()
    assert room.stderr.readline() == "gmlrun: Redis is back\n"
    wait_until(lambda: redis_server.listeners("world") == 1)
    redis_server.publish("world", "again")
    assert line(room) == "one hears again on world"


def test_what_is_said_while_redis_is_away_is_sent_later(
    redis_server: Redis, start_gmlrun: Start, tmp_path: Path
) -> None:
    redis_server.stop()
    text = """
        gmlrun_bus_subscribe("world", function(message) { show_debug_message("heard " + message); });
        count = 0;
        alarm[0] = 1;
        event alarm0 { gmlrun_bus_publish("world", string(count++)); alarm[0] = 10; }
    """
    (tmp_path / "early.gml").write_text(text, encoding="utf-8")
    early = start_gmlrun("early.gml", "--redis", redis_server.url)
    assert early.stderr is not None
    assert "Redis does not answer" in early.stderr.readline()
    redis_server.start()
    assert line(early).startswith("heard ")


@pytest.mark.parametrize("url", ["127.0.0.1:6379", "http://127.0.0.1/", "redis://127.0.0.1:port/"])
def test_an_address_that_is_none(gmlrun: Run, tmp_path: Path, url: str) -> None:
    (tmp_path / "main.gml").write_text("", encoding="utf-8")
    done = gmlrun("main.gml", "--redis", url)
    assert done.returncode == 2
    assert done.stderr.startswith("gmlrun: --redis: ")


def test_a_full_queue_is_told_to_the_program(gmlrun: Run, tmp_path: Path) -> None:
    text = """
        var taken = 0;
        repeat (10100) taken += gmlrun_bus_publish("a", "b");
        show_debug_message(taken >= 10000 && taken < 10100);
        game_end();
    """
    (tmp_path / "main.gml").write_text(text, encoding="utf-8")
    done = gmlrun("main.gml", "--redis", "redis://127.0.0.1:1/")
    assert (done.stdout, done.returncode) == ("1\n", 0)

"""Games on an asyncio loop."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from gmlrun import Game, GmlError
from gmlrun.embedding import asynchronous
from gmlrun.net.transports.selector import SelectorBackend

SERVER = """
network_create_server_raw(network_socket_tcp, 0, 10);
event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var client = async_load[? "id"];
    shout(buffer_read(async_load[? "buffer"], buffer_text), method({ client }, function(text, error) {
        var answer = buffer_create(64, buffer_grow, 1);
        buffer_write(answer, buffer_text, error ?? text);
        network_send_raw(client, answer, buffer_tell(answer));
    }));
}
"""


def silent(line: str) -> None:
    """Takes a line of the log."""


async def talk(port: int, text: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    answer = await asyncio.wait_for(reader.read(100), 20)
    writer.close()
    return answer


async def serve_two() -> tuple[bytes, bytes, int, int]:
    game = Game(SERVER, on_log=silent)

    @game.function
    async def shout(text: str) -> str:
        await asyncio.sleep(0.01)
        if text == "bad":
            raise ValueError(text)
        return text.upper()

    game.start()
    running = asyncio.create_task(game.run_async())
    answers = await asyncio.gather(talk(game.ports[0], b"hello"), talk(game.ports[0], b"bad"))
    threads = threading.active_count()
    game.stop(5)
    return answers[0], answers[1], await asyncio.wait_for(running, 20), threads


def test_sockets_and_coroutines_share_the_loop() -> None:
    threads = threading.active_count()
    assert asyncio.run(serve_two()) == (b"HELLO", b"ValueError: bad", 5, threads)


def test_timers_run_beside_other_tasks() -> None:
    async def main() -> int:
        game = Game("call_later(0.02, time_source_units_seconds, function() { game_end(6); });")
        return await asyncio.wait_for(game.run_async(), 20)

    assert asyncio.run(main()) == 6


def test_an_error_comes_out_of_run_async() -> None:
    async def main() -> None:
        await asyncio.wait_for(Game("event step { nothing_here.x = 1; }").run_async(), 20)

    with pytest.raises(GmlError, match="nothing_here"):
        asyncio.run(main())


def test_a_coroutine_needs_a_loop() -> None:
    game = Game()

    @game.function
    async def wait() -> None:
        return None

    with pytest.raises(GmlError, match="run_async"):
        game.eval("wait()")


def test_cancelling_closes_the_game() -> None:
    async def main() -> Any:
        game = Game("network_create_server(network_socket_tcp, 0, 1);", on_log=silent)
        running = asyncio.create_task(game.run_async())
        await asyncio.sleep(0.05)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        return repr(game)

    assert asyncio.run(main()) == "<gmlrun Game, closed>"


def test_sockets_that_the_loop_cannot_watch_are_looked_at_often(monkeypatch: pytest.MonkeyPatch) -> None:
    timeouts: list[float | None] = []
    wait_for = asyncio.wait_for

    async def noted(waiting: Any, timeout: float | None) -> Any:
        timeouts.append(timeout)
        game.stop()
        return await wait_for(waiting, timeout)

    monkeypatch.setattr(SelectorBackend, "descriptor", lambda self: -1)
    monkeypatch.setattr(asynchronous.asyncio, "wait_for", noted)
    with Game("network_create_server(network_socket_udp, 0, 1);", on_log=silent) as game:
        asyncio.run(game.run_async())
    assert timeouts
    assert all(timeout is not None and timeout <= asynchronous.BETWEEN_LOOKS for timeout in timeouts)

"""Clients in GML, driven against WebSocket servers that others wrote."""

from __future__ import annotations

import asyncio
import struct
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from websockets.asyncio.server import ServerConnection
from websockets.asyncio.server import serve as serve_websockets

from tests.conftest import Run

HELLO = b"GM:Studio-Connect\0"
SIGNATURE = struct.pack("<3I", 0xCAFEBABE, 0xDEADB00B, 16)
ACKNOWLEDGEMENT = struct.pack("<3I", 0xDEAFBEAD, 0xF00DBEEB, 12)

PACKETS = """
socket = network_create_socket(network_socket_ws);
show_debug_message(network_connect(socket, "ws://127.0.0.1/games/7?x=1", PORT) == socket);
buffer = buffer_create(16, buffer_grow, 1);
buffer_write(buffer, buffer_text, "hello");
network_send_packet(socket, buffer, 5);
event async_network {
    show_debug_message($"{buffer_read(async_load[? "buffer"], buffer_text)} {async_load[? "message_type"]}");
    if (async_load[? "size"] == 3) game_end();
}
"""
RAW = """
network_set_config(network_config_websocket_protocol, "chat");
socket = network_create_socket(network_socket_ws);
network_connect_raw_async(socket, "127.0.0.1:PORT/games/7?x=1", 0);
buffer = buffer_create(16, buffer_grow, 1);
buffer_write(buffer, buffer_text, "grün");
event async_network {
    if (async_load[? "type"] == network_type_non_blocking_connect) {
        show_debug_message($"succeeded {async_load[? "succeeded"]}");
        if (!async_load[? "succeeded"]) exit;
        network_send_raw(socket, buffer, 5, network_send_text);
        network_send_raw(socket, buffer, 5);
        exit;
    }
    var is_text = async_load[? "message_type"] == network_send_text;
    show_debug_message($"{is_text ? "text" : "binary"} {async_load[? "size"]}");
    if (!is_text) game_end();
}
"""

Handler = Callable[[str, str, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[Any]]], Awaitable[None]]
"""Takes the path, the subprotocol, what receives a message and what sends one."""


async def game(path: str, protocol: str, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
    """A GameMaker server as somebody might write it: handshake, then an echo and one packet more."""
    assert path == "/games/7?x=1"
    await send(HELLO)
    signature = await receive()
    assert signature[:12] == SIGNATURE
    assert len(signature) == 16
    await send(ACKNOWLEDGEMENT)
    await send(await receive())
    await send(struct.pack("<3I", 0xDEADC0DE, 12, 3) + b"end")
    await receive()


async def echo(path: str, protocol: str, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
    """Echoes two messages."""
    assert (path, protocol) == ("/games/7?x=1", "chat")
    await send(await receive())
    await send(await receive())
    await receive()


async def no_game(path: str, protocol: str, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
    """Says something else than a GameMaker server."""
    await send(b"welcome")
    await receive()


Play = Callable[[str, int], "subprocess.CompletedProcess[str]"]


class Outcome:
    """What a server has to tell of its client."""

    def __init__(self) -> None:
        self.port = 0
        self.fault: BaseException | None = None
        self.code: int | None = None


async def with_websockets(handler: Handler, outcome: Outcome, ready: Callable[[int], None]) -> None:
    """Serves one client with `websockets`."""
    over = asyncio.Event()

    async def serve(connection: ServerConnection) -> None:
        request = connection.request
        try:
            await handler(
                request.path if request else "", connection.subprotocol or "", connection.recv, connection.send
            )
        except Exception as error:
            outcome.fault = error
        await connection.wait_closed()
        outcome.code = connection.close_code
        over.set()

    choose: Any = lambda connection, offered: "chat" if "chat" in offered else None
    async with serve_websockets(serve, "127.0.0.1", 0, select_subprotocol=choose) as server:
        ready(next(iter(server.sockets)).getsockname()[1])
        await over.wait()


async def with_aiohttp(handler: Handler, outcome: Outcome, ready: Callable[[int], None]) -> None:
    """Serves one client with `aiohttp`."""
    over = asyncio.Event()

    async def serve(request: web.Request) -> web.WebSocketResponse:
        response = web.WebSocketResponse(protocols=["chat"])
        await response.prepare(request)

        async def receive() -> Any:
            message = await response.receive()
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                raise ConnectionError(message.type.name)
            return message.data

        async def send(data: Any) -> None:
            await (response.send_str if isinstance(data, str) else response.send_bytes)(data)

        try:
            await handler(request.path_qs, response.ws_protocol or "", receive, send)
        except Exception as error:
            outcome.fault = error
        outcome.code = response.close_code
        over.set()
        return response

    app = web.Application()
    app.router.add_get("/{path:.*}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    ready(runner.addresses[0][1])
    await over.wait()
    await runner.cleanup()


@pytest.fixture
def play(gmlrun: Run, tmp_path: Path) -> Play:
    """Runs a program that connects to a port."""

    def run(program: str, port: int) -> subprocess.CompletedProcess[str]:
        (tmp_path / "client.gml").write_text(program.replace("PORT", str(port)), encoding="utf-8")
        return gmlrun("client.gml")

    return run


SERVERS = {"websockets": with_websockets, "aiohttp": with_aiohttp}


@contextmanager
def serving(name: str, handler: Handler) -> Iterator[Outcome]:
    """A server for one client, in a thread; at the end the client has gone."""
    outcome, started = Outcome(), threading.Event()

    def ready(port: int) -> None:
        outcome.port = port
        started.set()

    thread = threading.Thread(target=lambda: asyncio.run(SERVERS[name](handler, outcome, ready)), daemon=True)
    thread.start()
    assert started.wait(10)
    yield outcome
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.parametrize("server", SERVERS)
def test_packets(play: Play, server: str) -> None:
    with serving(server, game) as outcome:
        done = play(PACKETS, outcome.port)
    assert (done.stdout.splitlines(), done.returncode) == (["1", "hello 1", "end 1"], 0), done.stderr
    assert (type(outcome.fault).__name__, outcome.code) in (("ConnectionClosedOK", 1000), ("ConnectionError", 1000))


@pytest.mark.parametrize("server", SERVERS)
def test_raw_messages(play: Play, server: str) -> None:
    with serving(server, echo) as outcome:
        done = play(RAW, outcome.port)
    assert (done.stdout.splitlines(), done.returncode) == (["succeeded 1", "text 5", "binary 5"], 0), done.stderr
    assert outcome.code == 1000


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_without_the_handshake(play: Play, server: str) -> None:
    with serving(server, no_game) as outcome:
        done = play(PACKETS + "game_end();", outcome.port)
    assert done.stdout.splitlines() == ["0"], done.stderr
    assert outcome.code == 1008


def test_a_web_server_that_refuses(play: Play) -> None:
    """aiohttp answers 404 for a path that it does not know."""
    ports: list[int] = []
    started, over = threading.Event(), threading.Event()

    async def serve() -> None:
        runner = web.AppRunner(web.Application())
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ports.append(runner.addresses[0][1])
        started.set()
        await asyncio.to_thread(over.wait, 30)
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert started.wait(10)
    done = play(RAW, ports[0])
    over.set()
    thread.join(10)
    assert done.stdout.splitlines() == ["succeeded 0"], done.stderr

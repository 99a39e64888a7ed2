"""Servers in GML, driven by WebSocket clients that others wrote."""

from __future__ import annotations

import socket
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import wsproto
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from wsproto.events import AcceptConnection, BytesMessage, CloseConnection, Ping, Pong, RejectConnection, Request
from wsproto.events import TextMessage as Text
from wsproto.extensions import PerMessageDeflate

from tests.conftest import ROOT
from tests.interop.conftest import GmlServer

HELLO = b"GM:Studio-Connect\0"
SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)
ACKNOWLEDGEMENT = struct.pack("<3I", 0xDEAFBEAD, 0xF00DBEEB, 12)


def packet(payload: bytes) -> bytes:
    return struct.pack("<3I", 0xDEADC0DE, 12, len(payload)) + payload


# ------------------------------------------------------------------- websockets


def test_the_websockets_client_with_packets(echo: GmlServer) -> None:
    with connect(f"ws://127.0.0.1:{echo.ports[0]}/any/path") as client:
        assert client.recv() == HELLO
        client.send(SIGNATURE)
        assert client.recv() == ACKNOWLEDGEMENT
        client.send(packet(b"one") + packet(b"two"))
        assert [client.recv(), client.recv()] == [packet(b"one"), packet(b"two")]
        client.send("plain text")
        assert client.recv() == packet(b"plain text")
    assert [echo.says(), echo.says()] == ["connected", "left"]


def test_the_websockets_client_without(echo: GmlServer) -> None:
    with connect(f"ws://127.0.0.1:{echo.ports[1]}", subprotocols=["chat"]) as client:
        assert client.subprotocol == "chat"
        assert client.protocol.extensions == []
        client.send("grün")
        client.send(["a mess", "age in ", "fragments"])
        client.send([b"\0" * 100_000, b"\1" * 100_000])
        assert [client.recv(), client.recv()] == ["grün", "a message in fragments"]
        assert client.recv() == b"\0" * 100_000 + b"\1" * 100_000
        assert client.ping().wait(10)
        client.close(4321, "enough")
        assert client.protocol.close_code == 4321


def test_a_server_that_a_program_ends_says_goodbye(serve: Callable[[str, int], GmlServer]) -> None:
    server = serve(
        "network_create_server_raw(network_socket_ws, 6510, 8);"
        "event async_network { if (async_load[? 'type'] == network_type_data) { game_end(); } }".replace("'", '"'),
        1,
    )
    with connect(f"ws://127.0.0.1:{server.ports[0]}") as client:
        client.send("end")
        with pytest.raises(ConnectionClosed) as caught:
            client.recv()
    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == 1000
    assert server.process.wait(10) == 0


# ---------------------------------------------------------------------- wsproto


class Wsproto:
    """A client that is made of wsproto and a plain socket."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.protocol = wsproto.WSConnection(wsproto.ConnectionType.CLIENT)
        self.come: list[Any] = []
        self.send(Request(host="localhost", target="/", extensions=[PerMessageDeflate()]))

    def send(self, event: Any) -> None:
        self.socket.sendall(self.protocol.send(event))

    def next(self) -> Any:
        """The next event; the parts of one message are one event."""
        whole: Any = None
        while True:
            while not self.come:
                self.protocol.receive_data(self.socket.recv(65536) or None)
                self.come += self.protocol.events()
            event = self.come.pop(0)
            if not isinstance(event, (Text, BytesMessage)):
                return event
            whole = event.data if whole is None else whole + event.data
            if event.message_finished:
                return whole


@contextmanager
def wsproto_client(port: int) -> Iterator[Wsproto]:
    client = Wsproto(port)
    with client.socket:
        yield client


def test_wsproto_with_packets(echo: GmlServer) -> None:
    with wsproto_client(echo.ports[0]) as client:
        assert isinstance(client.next(), AcceptConnection)
        assert client.next() == HELLO
        client.send(BytesMessage(SIGNATURE))
        assert client.next() == ACKNOWLEDGEMENT
        client.send(BytesMessage(packet(b"abc")))
        assert client.next() == packet(b"abc")


def test_wsproto_without(echo: GmlServer) -> None:
    with wsproto_client(echo.ports[1]) as client:
        accepted = client.next()
        assert isinstance(accepted, AcceptConnection)
        assert accepted.extensions == []
        client.send(Text("gr", message_finished=False))
        client.send(Ping(b"between"))
        client.send(Text("ün"))
        assert client.next() == Pong(b"between")
        assert client.next() == "grün"
        client.send(BytesMessage(bytes(300_000)))
        assert client.next() == bytes(300_000)
        client.send(CloseConnection(1001, "going"))
        closed = client.next()
        assert isinstance(closed, CloseConnection)
        assert closed.code == 1001
        assert client.socket.recv(10) == b""


def test_wsproto_at_a_server_of_tcp(serve: Callable[[str, int], GmlServer]) -> None:
    server = serve("network_create_server(network_socket_tcp, 6510, 8);", 1)
    with wsproto_client(server.ports[0]) as client, pytest.raises(wsproto.utilities.RemoteProtocolError):
        assert not isinstance(client.next(), (AcceptConnection, RejectConnection))


# ------------------------------------------------------------------------- Node


def test_node(echo: GmlServer, node: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = node(Path(__file__).with_name("client.js"), *echo.ports)
    assert done.stdout.splitlines() == [
        "GM:Studio-Connect.",
        ACKNOWLEDGEMENT.hex(),
        "0",
        "0",
        "4001",
        "binary",
        "grün ☃",
        *(f"{size} true" for size in (0, 125, 126, 65535, 65536, 1000000)),
        "1009",
    ], done.stderr
    assert [echo.says() for _ in range(4)] == ["connected", "left", "connected", "left"]


# --------------------------------------------------------------------- Chromium


FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def test_two_tabs_of_a_browser_chat(serve: Callable[[Path, int], GmlServer], chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    chat = ROOT / "examples" / "websocket_chat"
    server = serve(chat / "server.gml", 1)
    page = f"{(chat / 'index.html').as_uri()}?ws://127.0.0.1:{server.ports[0]}"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=[*FLAGS, "--disable-sync"], timeout=40_000)
        context = browser.new_context()
        one, two = context.new_page(), context.new_page()
        for tab, name in ((one, "Ada"), (two, "Émile")):
            tab.goto(page)
            tab.locator("#line:enabled").fill(name)
            tab.locator("#send").click()
            assert server.says() == f"{name} has joined"
        for tab, text in ((one, "hello <b>"), (two, "salut ☃")):
            tab.locator("#line").fill(text)
            tab.locator("#send").click()
            for each in (one, two):
                each.locator("#log li", has_text=text).wait_for()
        said = [(li.get_attribute("data-name"), li.inner_text()) for li in one.locator("#log li").all()][1:]
        two.close()
        one.locator("#log li", has_text="Émile has left").wait_for()
        browser.close()
    assert said == [("", "Ada has joined"), ("", "Émile has joined"), ("Ada", "hello <b>"), ("Émile", "salut ☃")]
    assert [server.says(), server.says()] == ["Émile has left", "Ada has left"]

"""What Agones hears of a server: a stand-in of its SDK's REST side, written from the public definition.

https://agones.dev/site/docs/guides/client-sdks/rest/
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.service.conftest import SERVER, Join, Serve

PATHS = {
    ("POST", "/ready"),
    ("POST", "/health"),
    ("POST", "/allocate"),
    ("POST", "/shutdown"),
    ("PUT", "/metadata/label"),
    ("PUT", "/metadata/annotation"),
    ("GET", "/watch/gameserver"),
}
PROGRAM = SERVER.replace(
    "event async_network {",
    """event async_network {
    if (async_load[? "type"] == network_type_connect) {
        gmlrun_agones_allocate();
        gmlrun_agones_label("players", "1");
        gmlrun_agones_annotation("map", "forest");
    }""",
).replace(
    'async_load[? "event_type"] + " "', 'string(async_load[? "event_type"]) + " " + string(async_load[? "state"]) + " "'
)


class Sdk(ThreadingHTTPServer):
    """The SDK's server; it keeps what it hears, signs of life apart."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        self.heard: queue.Queue[tuple[str, str, Any]] = queue.Queue()
        self.health: queue.Queue[float] = queue.Queue()
        self.states: queue.Queue[str] = queue.Queue()
        self.failures = 0
        """How many requests are answered by 500 from now on."""
        super().__init__(("127.0.0.1", port), SdkAnswer)
        self.thread = threading.Thread(target=self.serve_forever, daemon=True)
        self.thread.start()

    def hears(self) -> tuple[str, str, Any]:
        return self.heard.get(timeout=30)

    def close(self) -> None:
        self.states.put("")
        self.shutdown()
        self.server_close()


class SdkAnswer(BaseHTTPRequestHandler):
    server: Sdk
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if (self.command, self.path) not in PATHS or self.headers["Content-Type"] != "application/json":
            self.answer(404)
        elif self.server.failures:
            self.server.failures -= 1
            self.answer(500)
        else:
            if self.path == "/health":
                self.server.health.put(0.0)
            else:
                self.server.heard.put((self.command, self.path, json.loads(body)))
            self.answer(200)

    do_PUT = do_POST

    def do_GET(self) -> None:
        """The game server after each change, an object a line, as long as the connection stands."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        while state := self.server.states.get():
            found = {
                "result": {"object_meta": {"name": "lobby-abc"}, "status": {"state": state, "address": "192.0.2.1"}}
            }
            self.wfile.write(json.dumps(found).encode() + b"\n")

    def answer(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


@pytest.fixture
def sdk(environment: dict[str, str]) -> Iterator[Sdk]:
    made = Sdk()
    environment["AGONES_SDK_HTTP_PORT"] = str(made.server_address[1])
    yield made
    made.close()


def test_a_server_is_ready_lives_is_allocated_and_shuts_down(sdk: Sdk, serve: Serve, join: Join) -> None:
    server = serve("--agones", "--drain-timeout=30", text=PROGRAM)
    assert sdk.hears() == ("POST", "/ready", {})
    assert sdk.health.get(timeout=30) == 0.0
    client = join(server)
    assert [sdk.hears() for _ in range(3)] == [
        ("POST", "/allocate", {}),
        ("PUT", "/metadata/label", {"key": "players", "value": "1"}),
        ("PUT", "/metadata/annotation", {"key": "map", "value": "forest"}),
    ]
    sdk.states.put("Ready")
    assert server.says() == "gmlrun_agones Ready undefined"
    sdk.states.put("Ready")
    sdk.states.put("Allocated")
    assert server.says() == "gmlrun_agones Allocated undefined"
    server.process.terminate()
    assert server.says() == "gmlrun_draining undefined 30"
    client.close()
    assert sdk.hears() == ("POST", "/shutdown", {})
    assert server.end()[2] == 0


def test_what_is_refused_at_first_is_tried_again(sdk: Sdk, serve: Serve) -> None:
    sdk.failures = 2
    server = serve("--agones")
    assert sdk.hears() == ("POST", "/ready", {})
    server.process.terminate()
    _, errors, code = server.end()
    assert errors.count("the SDK of Agones does not answer") == 1
    assert code == 0


def test_a_server_without_agones_around_it_serves_all_the_same(
    environment: dict[str, str], serve: Serve, join: Join
) -> None:
    environment["AGONES_SDK_HTTP_PORT"] = "1"
    server = serve("--agones")
    join(server)
    assert server.process.stderr is not None
    assert "warning: the SDK of Agones does not answer at port 1" in server.process.stderr.readline()
    server.process.terminate()
    assert server.end()[::2] == ("game end\n", 0)


def test_a_server_that_hangs_gives_no_sign_of_life(sdk: Sdk, serve: Serve) -> None:
    server = serve(
        "--agones", text=SERVER + 'event alarm0 { show_debug_message("stuck"); while (true) {} }\nalarm[0] = 20;'
    )
    assert sdk.hears() == ("POST", "/ready", {})
    assert server.says() == "stuck"
    while not sdk.health.empty():
        sdk.health.get()
    with pytest.raises(queue.Empty):
        sdk.health.get(timeout=5)
    server.process.kill()

"""GameMaker's own networking code of browsers as a live peer, client of a server in GML and server of a client in GML.

`GAMEMAKER_HTML5` names a checkout of https://github.com/YoYoGames/GameMaker-HTML5, of which one file is loaded. A
stand-in that puts the same bytes on the wire is tested in any case.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Run, Start
from tests.interop.conftest import GmlServer

HERE = Path(__file__).parent
CHECKOUT = os.environ.get("GAMEMAKER_HTML5", "")
CODE = [HERE / "networking_of_a_browser.js"]
CODE += [Path(CHECKOUT) / "scripts" / "functions" / "Function_Networking.js"] if CHECKOUT else []

CLIENT = """
socket = network_create_socket(network_socket_ws);
network_connect_async(socket, "127.0.0.1", PORT);
answers = 0;
event async_network {
    if (async_load[? "type"] == network_type_non_blocking_connect) {
        show_debug_message(async_load[? "succeeded"]);
        var buffer = buffer_create(16, buffer_grow, 1);
        buffer_write(buffer, buffer_text, "hello");
        network_send_packet(socket, buffer, 5);
        network_send_packet(socket, buffer, 3);
    } else if (async_load[? "type"] == network_type_data) {
        show_debug_message(buffer_read(async_load[? "buffer"], buffer_text));
        if (++answers == 2) game_end();
    }
}
"""


@pytest.mark.parametrize("code", CODE, ids=lambda path: path.stem)
def test_a_browsers_client(echo: GmlServer, node_with_ws: Start, code: Path) -> None:
    client = node_with_ws(HERE / "browser_peer.js", code, "client", str(echo.ports[0]))
    printed, complaints = client.communicate(timeout=20)
    assert printed.splitlines() == ["connected 1", "hello 5 1", "a.b 3 1"], complaints
    assert echo.says() == "connected"


@pytest.mark.parametrize("code", CODE, ids=lambda path: path.stem)
def test_a_server_of_that_code(node_with_ws: Start, gmlrun: Run, tmp_path: Path, code: Path) -> None:
    server = node_with_ws(HERE / "browser_peer.js", code, "server", "0")
    assert server.stdout is not None
    ready, _, port = server.stdout.readline().partition(" ")
    assert ready == "ready"
    (tmp_path / "client.gml").write_text(CLIENT.replace("PORT", port.strip()), encoding="utf-8")
    done = gmlrun("client.gml")
    assert done.stdout.splitlines() == ["1", "olleh", "leh"], done.stderr
    assert [server.stdout.readline() for _ in range(3)] == ["client of true\n", "hello\n", "hel\n"]
    assert server.wait(10) == 0

"""What the tests of the workbench share: free ports, servers in GML, peers that are rude."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from tests.conftest import Start

ECHO = """
network_create_server{raw}({kind}, 0, 100);
event async_networking {{
    if (async_load[? "type"] == network_type_data) {{
        var _buffer = async_load[? "buffer"];
        {send}
    }}
}}
"""
PACKET = 'network_send_packet(async_load[? "id"], _buffer, buffer_get_size(_buffer));'
RAW = 'network_send_raw(async_load[? "id"], _buffer, buffer_get_size(_buffer));'
UDP = (
    'network_send_udp(async_load[? "id"], async_load[? "ip"], async_load[? "port"], _buffer, buffer_get_size(_buffer));'
)
SENDS = {"tcp": PACKET, "ws": PACKET, "raw": RAW, "udp": UDP}


@pytest.fixture
def echo_server(start_gmlrun: Start, tmp_path: Path) -> Callable[[str], int]:
    """Starts a program in GML that sends back what it gets; gives its port."""

    def start(how: str = "tcp") -> int:
        program = tmp_path / f"echo_{how}.gml"
        kind = f"network_socket_{'tcp' if how == 'raw' else how}"
        program.write_text(ECHO.format(raw="_raw" if how == "raw" else "", kind=kind, send=SENDS[how]))
        return port_of(start_gmlrun(program, "--bind=127.0.0.1"))

    return start


def port_of(process: subprocess.Popen[str]) -> int:
    """The port of a process that says that it listens."""
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"listening \w+ 127\.0\.0\.1:(\d+)", line)
    assert found is not None, line
    return int(found[1])


@pytest.fixture
def rude_peer() -> Iterator[Callable[[bytes], int]]:
    """A server that sends bytes to whoever connects and then closes; gives its port."""
    listeners: list[socket.socket] = []

    def serve(listener: socket.socket, data: bytes) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = listener.accept()
                peer.sendall(data)
                peer.close()

    def start(data: bytes) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threading.Thread(target=serve, args=(listener, data), daemon=True).start()
        port: int = listener.getsockname()[1]
        return port

    yield start
    for listener in listeners:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@pytest.fixture
def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def certificate(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A certificate of this machine that everything started here trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    path = tmp_path / "server.pem"
    authority.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(path)
    environment["SSL_CERT_FILE"] = str(tmp_path / "authority.pem")
    return path

"""What somebody may send to a control socket: it is answered, or ends that connection, and the server goes on."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from gmlrun.service.link import Link
from tests.service.conftest import Join, Serve, wait_until

ODD_LINES = [
    b"[" * 200_000, b"null", b"{}", b'"text"', b"\xff\xfe", b'{"do": ["facts"]}', b'{"do": "attach", "width": [5]}',
    *(
        b'{"do": "attach", "width": 1e400}\n' + line
        for line in (
            b'{"ask": "members", "of": -Infinity}', b'{"ask": "members", "of": []}', b'{"ask": "members", "of": [{}]}',
            b'{"ask": "members"}', b'{"ask": "named", "of": "x"}', b'{"ask": "parameters", "of": [1]}',
            b'{"ask": "parameters", "of": 5}', b'{"ask": {}}', b'{"ask": "__init__"}', b'{"text": 7}',
            b'{"text": "\\ud800"}', b'{"text": "a\\u0000b"}', b'{"id": 3}',
        )
    ),
]  # fmt: skip


def test_nothing_that_comes_over_the_control_socket_ends_the_server(serve: Serve, sockets: Path) -> None:
    server = serve()
    wait_until(lambda: list(sockets.glob("*.sock")))
    path = str(next(sockets.glob("*.sock")))
    for line in ODD_LINES:
        with socket.socket(socket.AF_UNIX) as visitor:
            visitor.settimeout(20)
            visitor.connect(path)
            visitor.sendall(line + b'\n{"do": "facts"}\n')
            visitor.shutdown(socket.SHUT_WR)
            while visitor.recv(65536):
                pass
    with Link(path) as link:
        facts = link.ask({"do": "facts"})
    assert facts is not None
    assert facts["process"] == server.process.pid
    assert server.process.poll() is None


@pytest.mark.parametrize("timeout", ["NaN", "1e400", "Infinity", "1e15", '"x"', "true", "null", "[]"])
def test_a_stop_with_an_odd_time_is_a_stop(serve: Serve, join: Join, sockets: Path, timeout: str) -> None:
    server = serve()
    join(server)
    wait_until(lambda: list(sockets.glob("*.sock")))
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.settimeout(20)
        visitor.connect(str(next(sockets.glob("*.sock"))))
        visitor.sendall(f'{{"do": "stop", "timeout": {timeout}}}\n'.encode())
        assert 0 < json.loads(visitor.recv(65536))["timeout"] <= 1e6
    assert server.process.poll() is None

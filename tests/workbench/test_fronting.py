"""`gmlrun run --net`: a program's servers on a bad line, for clients of all kinds."""

from __future__ import annotations

import contextlib
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.net.protocols.stream import SIGNATURE_MAGIC
from tests.conftest import Run, Start
from tests.workbench.conftest import ECHO, SENDS, port_of
from tests.workbench.test_keyboard import packets_of

GREETING = """
network_create_server(network_socket_tcp, 0, 100);
event async_networking {
    if (async_load[? "type"] == network_type_connect) {
        var _buffer = buffer_create(1, buffer_grow, 1);
        buffer_write(_buffer, buffer_string, "goodbye");
        network_send_packet(async_load[? "socket"], _buffer, buffer_tell(_buffer));
        game_end();
    }
}
"""


def start(start_gmlrun: Start, folder: Path, text: str, *words: str) -> subprocess.Popen[str]:
    program = folder / "server.gml"
    program.write_text(text, encoding="utf-8")
    return start_gmlrun(program, "--bind=127.0.0.1", *words)


@pytest.mark.parametrize("how", ["tcp", "raw", "ws", "udp"])
def test_a_program_is_reached_over_a_bad_line(gmlrun: Run, start_gmlrun: Start, tmp_path: Path, how: str) -> None:
    kind = f"network_socket_{'tcp' if how == 'raw' else how}"
    text = ECHO.format(raw="_raw" if how == "raw" else "", kind=kind, send=SENDS[how])
    server = start(start_gmlrun, tmp_path, text, "--net", "latency=40,jitter=5")
    words = [] if how == "tcp" else [f"--{how}"]
    done = gmlrun("net", "connect", "127.0.0.1", port_of(server), *words, "--wait=0", stdin="u8:1\n:await\n")
    assert packets_of(done.stdout) == ["> u8:1", "< hex:01"]
    sent, answered = [float(line.split()[0]) for line in done.stdout.splitlines()[1:]]
    assert answered - sent >= 0.08


@pytest.mark.parametrize("how", ["", "_raw"])
def test_clients_keep_their_addresses(start_gmlrun: Start, tmp_path: Path, how: str) -> None:
    text = (
        f"network_create_server{how}(network_socket_tcp, 0, 100);\n"
        + """
        event async_networking {
            var _kind = async_load[? "type"];
            if (_kind == network_type_connect) show_debug_message($"{async_load[? "ip"]} {async_load[? "other_port"]}");
        }
    """
    )
    server = start(start_gmlrun, tmp_path, text, "--net=latency=1", "--max-per-address=1")
    assert server.stdout is not None
    port = port_of(server)
    with contextlib.ExitStack() as kept:
        for host in ("127.0.0.1", "127.0.0.2", "127.3.4.5"):
            client = kept.enter_context(socket.create_connection(("127.0.0.1", port), source_address=(host, 0)))
            client.sendall(SIGNATURE_MAGIC + bytes(4))
            assert server.stdout.readline() == f"{host} {client.getsockname()[1]}\n"


def test_senders_of_datagrams_keep_their_addresses(start_gmlrun: Start, tmp_path: Path) -> None:
    text = """
        server = network_create_server(network_socket_udp, 0, 100);
        event async_networking {
            var _ip = async_load[? "ip"], _port = async_load[? "port"];
            show_debug_message($"{_ip} {_port}");
            network_send_udp(server, _ip, _port, async_load[? "buffer"], async_load[? "size"]);
        }
    """
    server = start(start_gmlrun, tmp_path, text, "--net=latency=1")
    assert server.stdout is not None
    port = port_of(server)
    with contextlib.ExitStack() as kept:
        for host in ("127.0.0.1", "127.0.0.2", "127.3.4.5", "127.0.0.1"):
            client = kept.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            client.bind((host, 0))
            client.settimeout(20)
            client.sendto(host.encode(), ("127.0.0.1", port))
            assert server.stdout.readline() == f"{host} {client.getsockname()[1]}\n"
            assert client.recv(100).endswith(host.encode())


def test_what_a_program_says_last_still_arrives(gmlrun: Run, start_gmlrun: Start, tmp_path: Path) -> None:
    server = start(start_gmlrun, tmp_path, GREETING, "--net=latency=100")
    done = gmlrun("net", "connect", "127.0.0.1", port_of(server), stdin=":await\n")
    assert packets_of(done.stdout) == ['< str:"goodbye"']
    assert server.wait(timeout=10) == 0


def test_datagrams_get_lost(gmlrun: Run, start_gmlrun: Start, tmp_path: Path) -> None:
    text = ECHO.format(raw="", kind="network_socket_udp", send=SENDS["udp"])
    server = start(start_gmlrun, tmp_path, text, "--net=loss=1")
    done = gmlrun("net", "connect", "127.0.0.1", port_of(server), "--udp", stdin="u8:1\n:await 0.3\n")
    assert "no packet came in time" in done.stderr


def test_a_port_that_is_taken_is_told(gmlrun: Run, echo_server: Callable[[str], int], tmp_path: Path) -> None:
    port = echo_server("tcp")
    (tmp_path / "taken.gml").write_text(f"network_create_server(network_socket_tcp, {port}, 10);")
    done = gmlrun("taken.gml", "--bind=127.0.0.1", "--net=latency=1")
    assert (done.returncode, f"cannot listen on tcp 127.0.0.1:{port}: Address already in use" in done.stderr) == (
        1,
        True,
    )


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        *((value, "some of latency, jitter, loss, duplicate, reorder, split") for value in ("", "lag=3")),
        *((value, "latency from 0 to 60000") for value in ("latency", "latency=x", "latency=-1")),
        ("loss=2", "loss from 0 to 1"),
    ],
)
def test_wrong_conditions_are_told(gmlrun: Run, value: str, wanted: str) -> None:
    done = gmlrun("run", "x.gml", f"--net={value}")
    assert done.returncode == 2
    assert f"expected {wanted}" in done.stderr
    assert f"as in latency=80,loss=0.1, not {value};" in done.stderr

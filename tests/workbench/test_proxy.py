"""`gmlrun net proxy` between a client and a server, on a good line and on bad ones."""

from __future__ import annotations

import random
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gmlrun.net.protocols.stream import frame
from gmlrun.workbench.line import ProxyConditions, Timing
from tests.conftest import Run, Start
from tests.workbench.conftest import port_of
from tests.workbench.test_keyboard import packets_of

EchoServer = Callable[[str], int]


@pytest.fixture
def start_proxy(environment: dict[str, str]) -> Iterator[Start]:
    """Starts a proxy that reads lines from a pipe."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "gmlrun", "net", "proxy", "0", *map(str, words)]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def typed(proxy: subprocess.Popen[str], text: str) -> None:
    """Types lines at a proxy."""
    assert proxy.stdin is not None
    proxy.stdin.write(text)
    proxy.stdin.flush()


def ended(proxy: subprocess.Popen[str]) -> str:
    """What a proxy has shown, once it is stopped."""
    proxy.send_signal(signal.SIGINT)
    output, errors = proxy.communicate(timeout=10)
    assert (proxy.returncode, errors) == (130, "")
    return output


def passed(output: str) -> list[str]:
    """Direction and text of the packets that a proxy shows."""
    columns = [line.split(None, 4) for line in output.splitlines()]
    return [
        f"{words[2]} {words[4]}" for words in columns if len(words) == 5 and words[2] in "<>" and words[3].isdecimal()
    ]


@pytest.mark.parametrize("how", ["tcp", "raw", "ws", "udp"])
def test_packets_are_shown_as_they_pass(gmlrun: Run, start_proxy: Start, echo_server: EchoServer, how: str) -> None:
    words = {"udp": ["--udp"], "raw": ["--raw"]}.get(how, [])
    proxy = start_proxy(f"127.0.0.1:{echo_server(how)}", *words, "--read", "u8:3 hp=u16")
    client = [] if how == "tcp" else [f"--{how}"]
    lines = "u8:3 u16:700\n:await\nu8:4\n:await\n"
    done = gmlrun("net", "connect", "127.0.0.1", port_of(proxy), *client, "--wait=0", stdin=lines)
    assert packets_of(done.stdout) == ["> u8:3 u16:700", "< hex:03bc02", "> u8:4", "< hex:04"]
    output = ended(proxy)
    assert [text for text in passed(output) if "(" not in text] == [
        "> u8:3 hp=u16:700", "< u8:3 hp=u16:700", "> hex:04", "< hex:04",
    ]  # fmt: skip
    assert "client 1 is 127.0.0.1:" in output
    if how in ("tcp", "ws"):
        assert "(handshake: hello)" in output
        assert "(handshake: signature)" in output


def test_packets_wait_while_it_is_paused(gmlrun: Run, start_proxy: Start, echo_server: EchoServer) -> None:
    proxy = start_proxy(f"127.0.0.1:{echo_server('tcp')}", "--pause")
    port = port_of(proxy)
    typed(proxy, ":step 2\n")
    done = gmlrun("net", "connect", "127.0.0.1", port, "--wait=0.1", stdin="u8:1\n:await\nu8:2\n:await 0.2\n")
    assert packets_of(done.stdout) == ["> u8:1", "< hex:01", "> u8:2"]
    typed(proxy, ":resume\n")
    done = gmlrun("net", "connect", "127.0.0.1", port, "--wait=0", stdin="u8:3\n:await\n")
    assert packets_of(done.stdout) == ["> u8:3", "< hex:03"]


@pytest.mark.parametrize("how", ["tcp", "raw", "ws", "udp"])
def test_packets_are_changed_and_dropped(gmlrun: Run, start_proxy: Start, echo_server: EchoServer, how: str) -> None:
    words = {"udp": ["--udp"], "raw": ["--raw"]}.get(how, [])
    proxy = start_proxy(f"127.0.0.1:{echo_server(how)}", "--edit", *words)
    typed(proxy, 'u8:300\nstr:"changed"\n\ndrop\n')
    lines = 'str:"first"\n:await\nstr:"second"\n:await 0.3\n'
    client = [] if how == "tcp" else [f"--{how}"]
    done = gmlrun("net", "connect", "127.0.0.1", port_of(proxy), *client, "--wait=0.1", stdin=lines)
    assert packets_of(done.stdout) == ['> str:"first"', '< str:"changed"', '> str:"second"']
    typed(proxy, ":quit\n")
    output, errors = proxy.communicate(timeout=10)
    assert '? str:"first"' in " ".join(output.split())
    steps = [text for text in passed(output) if not text.endswith(")") or "changed" in text or "dropped" in text]
    assert steps == [
        '> str:"changed"  (changed)', '< str:"changed"', '> str:"second"  (dropped)',
    ]  # fmt: skip
    assert "300 does not fit" in errors
    assert proxy.returncode == 1


def test_a_changed_reliable_datagram_keeps_its_number(start_proxy: Start) -> None:
    datagrams = socket.AF_INET, socket.SOCK_DGRAM
    with socket.socket(*datagrams) as server, socket.socket(*datagrams) as client:
        for one in (server, client):
            one.bind(("127.0.0.1", 0))
            one.settimeout(10)
        proxy = start_proxy(f"127.0.0.1:{server.getsockname()[1]}", "--udp", "--edit")
        typed(proxy, "u8:9\n")
        head = struct.pack("<4sII", b"GMRD", 77, 3)
        client.sendto(head + frame(b"\1"), ("127.0.0.1", port_of(proxy)))
        assert server.recv(100) == head + frame(b"\x09")


def test_packets_can_be_put_in(gmlrun: Run, start_proxy: Start, echo_server: EchoServer) -> None:
    proxy = start_proxy(f"127.0.0.1:{echo_server('tcp')}")
    client = subprocess.Popen(
        [sys.executable, "-m", "gmlrun", "net", "connect", "127.0.0.1", str(port_of(proxy))],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    while "acknowledgement" not in proxy.stdout.readline():
        pass
    typed(proxy, '< str:"of the server"\n> str:"of the client"\n> @9 u8:1\n')
    shown: list[str] = []
    while len(shown) < 2:
        shown += packets_of(client.stdout.readline())
    assert shown == ['< str:"of the server"', '< str:"of the client"']
    client.communicate(":quit\n")
    assert "there is no such client" in proxy.stderr.readline()


BAD_LINES = [
    ("tcp", ("--latency=30", "--jitter=20", "--split=1", "--loss=0.2", "--throttle=20000")),
    ("raw", ("--split=1",)),
    ("ws", ("--split=1", "--latency=5")),
]


@pytest.mark.parametrize(("how", "words"), BAD_LINES)
def test_streams_arrive_whole_on_bad_lines(
    gmlrun: Run, start_proxy: Start, echo_server: EchoServer, how: str, words: tuple[str, ...]
) -> None:
    proxy = start_proxy(f"127.0.0.1:{echo_server(how)}", *words, "--seed=7", *(["--raw"] if how == "raw" else []))
    client = [] if how == "tcp" else [f"--{how}"]
    text = "".join(f"u16:{number}\n" for number in range(20))
    done = gmlrun("net", "connect", "127.0.0.1", port_of(proxy), *client, "--wait=1", stdin=text)
    answers = [line.removeprefix("< ") for line in packets_of(done.stdout) if line.startswith("<")]
    data = b"".join(answer_bytes(answer) for answer in answers)
    assert data == b"".join(number.to_bytes(2, "little") for number in range(20))


def answer_bytes(text: str) -> bytes:
    from gmlrun.workbench.packets import packet

    return packet(text.partition("  (")[0])


def test_datagrams_get_lost(gmlrun: Run, start_proxy: Start, echo_server: EchoServer) -> None:
    proxy = start_proxy(f"127.0.0.1:{echo_server('udp')}", "--udp", "--loss=50%", "--seed=3")
    text = "".join(f"u16:{number}\n" for number in range(40))
    done = gmlrun("net", "connect", "127.0.0.1", port_of(proxy), "--udp", "--wait=0.3", stdin=text)
    came = sum(line.startswith("<") for line in packets_of(done.stdout))
    assert 1 <= came <= 25
    assert ended(proxy).count("(lost)") >= 15


def test_a_server_that_is_not_there(start_proxy: Start, closed_port: int) -> None:
    proxy = start_proxy(f"127.0.0.1:{closed_port}")
    with socket.create_connection(("127.0.0.1", port_of(proxy)), timeout=10) as client:
        assert client.recv(10) == b""
    assert f"cannot connect to 127.0.0.1:{closed_port}" in ended(proxy)


def test_a_client_that_resets_ends_its_link_alone(gmlrun: Run, start_proxy: Start, echo_server: EchoServer) -> None:
    import struct

    proxy = start_proxy(f"127.0.0.1:{echo_server('tcp')}")
    port = port_of(proxy)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        assert client.recv(100)
        client.sendall(b"\x1b[2Jgarbage that is no signature")
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    done = gmlrun("net", "connect", "127.0.0.1", port, "--wait=0", stdin="u8:1\n:await\n")
    assert packets_of(done.stdout) == ["> u8:1", "< hex:01"]
    assert "\x1b" not in ended(proxy)


def test_a_closed_output_ends_it(start_proxy: Start, echo_server: EchoServer) -> None:
    proxy = start_proxy(f"127.0.0.1:{echo_server('tcp')}")
    port = port_of(proxy)
    proxy.stdout.close()
    with socket.create_connection(("127.0.0.1", port), timeout=10):
        assert proxy.wait(timeout=10) == 1
    assert proxy.stderr.read() == ""
    proxy.stdout = open(0, closefd=False)  # noqa: SIM115 (what the fixture reads at the end)


WRONG = [
    (("7000",), "expected gmlrun net proxy PORT HOST:PORT"),
    (("7000", "localhost"), "expected gmlrun net proxy PORT HOST:PORT, not localhost"),
    (("7000", "localhost:7000"), "port 7000 of this machine cannot lead to itself"),
    (("7000", "localhost:1", "--loss=2"), "expected a chance from 0 to 1"),
    (("7000", "localhost:1", "--latency=-1"), "expected milliseconds"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_usage_is_told(gmlrun: Run, words: tuple[str, ...], said: str) -> None:
    done = gmlrun("net", "proxy", *words)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_port_that_is_taken(gmlrun: Run, echo_server: EchoServer) -> None:
    port = echo_server("tcp")
    done = gmlrun("net", "proxy", port, "127.0.0.1:1")
    assert (done.returncode, f"cannot listen on 127.0.0.1:{port}: Address already in use" in done.stderr) == (2, True)


def test_a_throttled_line_takes_its_time() -> None:
    timing = Timing(ProxyConditions(throttle=1000.0, latency=100.0), random.Random(1))
    dues = [timing.stream(0.0, b"x" * 100).dues[0] for _ in range(3)]
    assert [round(due, 3) for due in dues] == [0.2, 0.3, 0.4]


def test_corruption_turns_one_bit() -> None:
    timing = Timing(ProxyConditions(corrupt=1.0), random.Random(1))
    fate = timing.datagram(0.0, bytes(100))
    assert (sum(byte.bit_count() for byte in fate.data), "corrupted" in fate.notes[0]) == (1, True)


def test_a_proxy_with_tls_tells_of_a_client_without(start_proxy: Start, certificate: Path, closed_port: int) -> None:
    proxy = start_proxy(f"localhost:{closed_port}", f"--tls-cert={certificate}", "--tls")
    with socket.create_connection(("127.0.0.1", port_of(proxy))) as shouting:
        shouting.sendall(b"no TLS at all" + bytes(1000))
        while shouting.recv(100):
            pass
    assert "the client does not speak TLS with this certificate: " in ended(proxy)


def test_a_proxy_that_is_an_end_of_tls_sees_what_is_said(
    gmlrun: Run, start_gmlrun: Start, start_proxy: Start, certificate: Path
) -> None:
    server = start_gmlrun("net", "listen", "0", "--bind=127.0.0.1", "--echo", "--wss", f"--tls-cert={certificate}")
    proxy = start_proxy(f"localhost:{port_of(server)}", f"--tls-cert={certificate}", "--tls")
    gmlrun("net", "connect", f"wss://localhost:{port_of(proxy)}/", "--wait=0", stdin="u8:7\n:await\n")
    assert [text for text in passed(ended(proxy)) if "(" not in text] == ["> hex:07", "< hex:07"]


def test_tls_that_only_passes_is_told_once(
    gmlrun: Run, start_gmlrun: Start, start_proxy: Start, certificate: Path
) -> None:
    server = start_gmlrun("net", "listen", "0", "--bind=127.0.0.1", "--echo", "--wss", f"--tls-cert={certificate}")
    proxy = start_proxy(f"localhost:{port_of(server)}")
    port = port_of(proxy)
    for _ in range(2):
        done = gmlrun("net", "connect", f"wss://localhost:{port}/", "--wait=0", stdin="u8:7\n:await\n")
        assert packets_of(done.stdout) == ["> u8:7", "< hex:07"]
    proxy.send_signal(signal.SIGINT)
    output, errors = proxy.communicate(timeout=10)
    assert "(TLS)" in output
    assert errors.count("--tls-cert FILE --tls") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--udp", "--tls"), "TLS is for streams"),
        (("--tls-cert=missing.pem",), "cannot read missing.pem"),
        (("--tls-key=key.pem",), "--tls-key needs --tls-cert"),
    ],
)
def test_mistakes_with_tls_are_told(gmlrun: Run, words: tuple[str, ...], message: str) -> None:
    done = gmlrun("net", "proxy", "0", "127.0.0.1:1", *words)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr

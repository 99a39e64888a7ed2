"""TLS around a protocol: the same messages, certificates that are verified, and peers that do it wrong."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from gmlrun.net.backend import NetworkError, NetworkLimits
from gmlrun.net.messages import ConnectResult, Disconnected
from gmlrun.net.protocol import Closed, Opened
from gmlrun.net.protocols.stream import RawStream
from gmlrun.net.protocols.tls import TlsStream, client_protocol, server_context, server_protocols
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.net.transports.selector import SelectorBackend
from tests.conftest import Run, Start
from tests.net.conftest import LOCALHOST, Received, World, one_by_one
from tests.net.message_client import MessageClient


class Files:
    """A certificate of 127.0.0.1 and localhost, its key, and the authority that has signed it."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        made = authority.issue_cert("127.0.0.1", "localhost")
        self.authority, self.certificate, self.key = (folder / name for name in ("ca.pem", "cert.pem", "key.pem"))
        self.both = folder / "both.pem"
        authority.cert_pem.write_to_path(self.authority)
        made.private_key_pem.write_to_path(self.key)
        made.private_key_and_cert_chain_pem.write_to_path(self.both)
        self.certificate.write_bytes(b"".join(blob.bytes() for blob in made.cert_chain_pems))


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trusted(files: Files, monkeypatch: pytest.MonkeyPatch) -> Files:
    """The same, with an authority that everybody trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(files.authority))
    return files


def limits_of(files: Files) -> NetworkLimits:
    return NetworkLimits(tls_certificate=files.certificate, tls_key=files.key)


def secure(world: World, files: Files) -> World:
    world.limits.tls_certificate, world.limits.tls_key = files.certificate, files.key
    return world


# -------------------------------------------------------------- over both backends


@pytest.mark.parametrize("raw", [False, True])
def test_messages_both_ways(world: World, trusted: Files, raw: bool) -> None:
    there, mine = secure(world, trusted).connected(raw, "wss")
    assert world.client.send(mine, b"secret", raw) == 6
    world.client.send(mine, b"text", True, True)
    received = world.until(world.server, Received, 2)
    assert [(m.data, m.is_text) for m in received] == [(b"secret", False), (b"text", True)]
    world.server.send(there, b"one", raw)
    world.server.send(there, b"two", raw)
    assert [m.data for m in world.until(world.client, Received, 2)] == [b"one", b"two"]


def test_each_side_tells_the_other_that_it_leaves(world: World, trusted: Files) -> None:
    there, mine = secure(world, trusted).connected(False, "wss")
    world.server.send(there, b"last words")
    world.server.close(there)
    assert world.until(world.client, Received)[0].data == b"last words"
    gone = world.until(world.client, Disconnected)[0]
    assert (gone.socket, "1000" in gone.reason) == (mine, True)


def test_a_message_of_many_records(world: World, trusted: Files) -> None:
    there, _ = secure(world, trusted).connected(True, "wss")
    payload = bytes(range(256)) * (4 if isinstance(world.server, MemoryBackend) else 1000)
    world.server.send(there, payload, True)
    assert world.until(world.client, Received)[0].data == payload


def test_a_client_does_not_believe_a_stranger(world: World, files: Files) -> None:
    listener = secure(world, files).server.listen("wss", LOCALHOST, 0, 8, False)
    world.client.connect("wss", LOCALHOST, world.server.port_of(listener), False)
    result = world.until(world.client, ConnectResult)[0]
    assert (result.succeeded, "certificate" in result.reason) == (False, True)
    assert world.heard[id(world.server)] == []


def test_a_client_that_wants_tls_at_a_server_without(world: World, trusted: Files) -> None:
    listener = world.server.listen("ws", LOCALHOST, 0, 8, False)
    world.client.connect("ws", f"wss://{LOCALHOST}", world.server.port_of(listener), False)
    assert not world.until(world.client, ConnectResult)[0].succeeded


def test_the_scheme_of_an_address_makes_a_plain_socket_secure(world: World, trusted: Files) -> None:
    listener = secure(world, trusted).server.listen("wss", LOCALHOST, 0, 8, False)
    world.client.connect("ws", f"wss://{LOCALHOST}/path", world.server.port_of(listener), False)
    assert world.until(world.client, ConnectResult)[0].succeeded


# -------------------------------------------------------------------- the protocol


def talk(server: TlsStream, client: TlsStream, step: int = 65536) -> dict[str, list[Any]]:
    """What both hear when they are left alone."""
    heard: dict[str, list[Any]] = {"client": client.start(), "server": server.start()}
    for _ in range(6):
        for name, here, there in (("server", client, server), ("client", server, client)):
            data = b"".join(here.data_to_send())
            for at in range(0, len(data), step):
                heard[name] += one_by_one(there.receive(data[at : at + step]))
    return heard


def pair(files: Files, name: str = "localhost") -> tuple[TlsStream, TlsStream]:
    """Both ends of a stream without a protocol of its own."""
    trusting = ssl.create_default_context(cafile=str(files.authority))
    return TlsStream(RawStream(), server_context(limits_of(files))), TlsStream(RawStream(), trusting, name)


@pytest.mark.parametrize("step", [1, 1000, 65536])
def test_a_handshake_however_it_is_cut(files: Files, step: int) -> None:
    server, client = pair(files)
    assert talk(server, client, step) == {"client": [Opened()], "server": [Opened()]}
    assert one_by_one(server.receive(client.wrap(b"abc", True) + client.wrap(b"def", True))) == [b"abc", b"def"]


def test_the_certificate_has_to_be_that_of_the_host(files: Files) -> None:
    heard = talk(*pair(files, "example.org"))
    (closed,) = heard["client"]
    assert isinstance(closed, Closed)
    assert "example.org" in closed.reason
    assert [type(event) for event in heard["server"]] == [Closed]


def test_the_end_of_a_stream(files: Files) -> None:
    server, client = pair(files)
    talk(server, client)
    client.close()
    data = b"".join(client.data_to_send())
    assert [type(event) for event in server.receive(data)] == [Closed]
    assert server.receive(data) == server.receive_eof() == []


def test_a_stream_that_is_cut_off(files: Files) -> None:
    server, client = pair(files)
    talk(server, client)
    assert [type(event) for event in server.receive_eof()] == [Closed]
    assert server.receive(client.wrap(b"late", True)) == []


def test_bytes_that_are_changed_on_the_way(files: Files) -> None:
    server, client = pair(files)
    talk(server, client)
    record = bytearray(client.wrap(b"abc", True))
    record[-1] ^= 1
    (closed,) = server.receive(bytes(record))
    assert isinstance(closed, Closed)
    assert closed.reason.startswith("TLS: ")


@pytest.mark.parametrize("data", [b"GET / HTTP/1.1\r\n\r\n", bytes(100), b"\x16\x03\x01\xff\xff" + bytes(100)])
def test_what_is_no_tls(files: Files, data: bytes) -> None:
    server = server_protocols(True, limits_of(files))()
    assert server.start() == []
    assert [type(event) for event in server.receive(data) + server.receive_eof()] == [Closed]


def test_old_versions_are_refused(files: Files) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    heard = talk(TlsStream(RawStream(), server_context(limits_of(files))), TlsStream(RawStream(), old, "localhost"))
    assert Opened() not in heard["server"] + heard["client"]


def test_the_address_of_a_secure_client(trusted: Files) -> None:
    client = client_protocol("ws://example.org/x", 0, True, NetworkLimits())
    assert (client.host, client.port) == ("example.org", 443)
    assert isinstance(client.protocol, TlsStream)


@pytest.mark.parametrize("url", [".example.org", "a" * 64 + ".org", "example..org", "wss://"])
def test_what_is_no_host(url: str) -> None:
    with pytest.raises(NetworkError):
        client_protocol(url, 0, True, NetworkLimits())


# ----------------------------------------------------------------- bad certificates


def test_a_server_without_a_certificate_says_what_to_do() -> None:
    backend = SelectorBackend()
    with pytest.raises(NetworkError, match="--tls-cert"):
        backend.listen("wss", LOCALHOST, 0, 8, False)
    backend.close_all(0.1)


def test_a_certificate_and_its_key_may_be_in_one_file(files: Files) -> None:
    assert server_context(NetworkLimits(tls_certificate=files.both)).cert_store_stats() is not None


BAD = {
    "no such certificate": (["--tls-cert", "missing.pem"], "cannot read missing.pem: No such file"),
    "no such key": (["--tls-cert", "{certificate}", "--tls-key", "missing.pem"], "missing.pem"),
    "a folder": (["--tls-cert", "."], "cannot read .: Is a directory"),
    "no PEM": (["--tls-cert", "{program}"], "no certificate with its private key (PEM)"),
    "no key": (["--tls-cert", "{certificate}"], "no certificate with its private key (PEM)"),
    "a key alone": (["--tls-key", "{key}"], "--tls-key needs --tls-cert"),
    "another's key": (["--tls-cert", "{certificate}", "--tls-key", "{other}"], "key values mismatch"),
    "a key with a password": (["--tls-cert", "{certificate}", "--tls-key", "{locked}"], "(PEM)"),
}


@pytest.fixture(scope="session")
def locked_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    path = tmp_path_factory.mktemp("locked") / "locked.pem"
    words = BestAvailableEncryption(b"word")
    path.write_bytes(generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, words))
    return path


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_a_usage_error(gmlrun: Run, tmp_path: Path, files: Files, locked_key: Path, name: str) -> None:
    words, message = BAD[name]
    program = tmp_path / "program.gml"
    program.write_text('show_debug_message("never");')
    other = tmp_path / "other.pem"
    trustme.CA().issue_cert("x").private_key_pem.write_to_path(other)
    places = {"certificate": files.certificate, "key": files.key, "program": program, "other": other}
    done = gmlrun("program.gml", *(word.format(locked=locked_key, **places) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


# -------------------------------------------------------------------- the whole way

PROGRAM = """
network_create_server_raw(network_socket_wss, 6510, 8);
event async_network {
    var buffer = async_load[? "buffer"];
    if (async_load[? "type"] == network_type_data) {
        network_send_raw(async_load[? "id"], buffer, async_load[? "size"], async_load[? "message_type"]);
    }
}
"""


@pytest.fixture
def port(start_gmlrun: Start, tmp_path: Path, files: Files) -> int:
    """The port of a secure echo server in GML."""
    (tmp_path / "server.gml").write_text(PROGRAM)
    words = ["--tls-cert", files.certificate, "--tls-key", files.key, "--bind=127.0.0.1", "--map-port=6510=0"]
    process = start_gmlrun("server.gml", *words)
    assert process.stderr is not None
    return int(process.stderr.readline().rpartition(":")[2])


def test_a_secure_server_in_gml(port: int, files: Files) -> None:
    context = ssl.create_default_context(cafile=str(files.authority))
    with MessageClient(f"wss://localhost:{port}/path", context) as client:
        client.send("text")
        assert client.recv() == "text"
        client.send(bytes(100_000))
        assert client.recv() == bytes(100_000)


def test_a_plain_client_does_not_disturb_a_secure_server(port: int, files: Files) -> None:
    with socket.create_connection((LOCALHOST, port)) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
        while plain.recv(1000):
            pass
    test_a_secure_server_in_gml(port, files)

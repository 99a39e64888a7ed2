"""`gmlrun net decode`: captures of all kinds, in any order, with holes, and damaged ones."""

from __future__ import annotations

import gzip
import io
import random
import struct
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.net.protocols.stream import ACKNOWLEDGEMENT, HELLO, SIGNATURE_MAGIC, frame
from gmlrun.net.watch.pcapng import ACK, FIN, PUSH, RST, SYN, Capture, Endpoint, tcp_segment, udp_datagram
from gmlrun.workbench.captures import CaptureReading
from gmlrun.workbench.pcap import CaptureFault, frames
from gmlrun.workbench.segments import Unpacker
from gmlrun.workbench.views import Decoder, EventScreen
from tests.conftest import Run, Start
from tests.workbench.conftest import ECHO, PACKET, port_of

CLIENT, SERVER = Endpoint(b"\x0a\0\0\1", 50000), Endpoint(b"\x0a\0\0\2", 6510)
SIX = Endpoint(bytes(15) + b"\1", 50000), Endpoint(bytes(15) + b"\2", 6510)


def talk(
    payloads: Iterable[bytes], ends: tuple[Endpoint, Endpoint] = (CLIENT, SERVER), start: int = 1000
) -> list[bytes]:
    """The IP packets of a client that shakes hands, sends packets, and leaves."""
    client, server = ends
    mine, theirs = start, 77
    made = [tcp_segment(client, server, (mine - 1, 0), SYN), tcp_segment(server, client, (theirs - 1, mine), SYN | ACK)]
    steps = [(0, HELLO), (1, SIGNATURE_MAGIC + bytes(4)), (0, ACKNOWLEDGEMENT), *((1, frame(p)) for p in payloads)]
    for is_client, data in steps:
        if is_client:
            made.append(tcp_segment(client, server, (mine, theirs), PUSH | ACK, data))
            mine += len(data)
        else:
            made.append(tcp_segment(server, client, (theirs, mine), PUSH | ACK, data))
            theirs += len(data)
    made.append(tcp_segment(client, server, (mine, theirs), FIN | ACK))
    made.append(tcp_segment(server, client, (theirs, mine + 1), FIN | ACK))
    return made


def pcap(packets: Iterable[bytes], link: int = 101, order: str = "<", magic: int = 0xA1B2C3D4) -> bytes:
    """A pcap file, a frame each tenth of a second."""
    head = struct.pack(f"{order}IHHiIII", magic, 2, 4, 0, 0, 65535, link)
    unit = 100_000 if magic == 0xA1B2C3D4 else 100_000_000
    return head + b"".join(
        struct.pack(f"{order}IIII", 5, number * unit, len(data), len(data)) + data
        for number, data in enumerate(packets)
    )


def shown(data: bytes, port: int | None = None) -> list[str]:
    """The lines of a capture; where it is damaged, the last one says so."""
    stream = io.StringIO()
    reading = CaptureReading(EventScreen(Decoder(), False, stream), port, True)
    fault = ""
    try:
        reading.read(io.BytesIO(data))
    except CaptureFault as found:
        fault = f"fault: {found}"
    lines = [" ".join(line.split()[1:]) for line in stream.getvalue().splitlines()]
    return [*lines, fault] if fault else lines


WHOLE = [
    "1 * TCP from 10.0.0.1:50000 to 10.0.0.2:6510",
    "1 < 18 (handshake: hello)",
    "1 > 16 (handshake: signature)",
    "1 < 12 (handshake: acknowledgement)",
    '1 > 4 str:"one"',
    "1 > 1 hex:ff",
    "1 * closed",
]
PAYLOADS = [b"one\0", b"\xff"]


def ethernet(packet: bytes) -> bytes:
    return bytes(12) + (b"\x08\x00" if packet[0] >> 4 == 4 else b"\x86\xdd") + packet


LINKS: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "raw": (101, lambda packet: packet),
    "ethernet": (1, lambda packet: ethernet(packet) + bytes(6)),
    "vlan": (1, lambda packet: bytes(12) + b"\x81\x00\x00\x05\x08\x00" + packet),
    "loopback": (0, lambda packet: struct.pack("<I", 2) + packet),
    "openbsd": (108, lambda packet: struct.pack(">I", 2) + packet),
    "any": (113, lambda packet: bytes(14) + b"\x08\x00" + packet),
    "any2": (276, lambda packet: b"\x08\x00" + bytes(18) + packet),
}


@pytest.mark.parametrize("name", LINKS)
def test_every_link_type_is_read(name: str) -> None:
    link, wrap = LINKS[name]
    assert shown(pcap(map(wrap, talk(PAYLOADS)), link)) == WHOLE


@pytest.mark.parametrize(
    ("order", "magic"), [("<", 0xA1B2C3D4), (">", 0xA1B2C3D4), ("<", 0xA1B23C4D), (">", 0xA1B23C4D)]
)
def test_pcap_of_either_byte_order_and_unit(order: str, magic: int) -> None:
    data = pcap(talk(PAYLOADS), 101, order, magic)
    assert shown(data) == WHOLE
    assert [round(found.time, 3) for found in frames(io.BytesIO(data))][:3] == [5.0, 5.1, 5.2]
    assert shown(gzip.compress(data)) == WHOLE


def test_pcapng_as_gmlrun_writes_it() -> None:
    file = io.BytesIO()
    capture = Capture(file, print, lambda: 12.5)
    for packet in talk(PAYLOADS):
        capture.packet(packet, 1)
    assert shown(file.getvalue()) == WHOLE
    assert {found.time for found in frames(io.BytesIO(file.getvalue()))} == {12.5}


def test_ipv6_and_a_port_that_is_asked_for() -> None:
    data = pcap([*talk([b"\1"], SIX), *talk([b"\2"])])
    assert shown(data)[0] == "1 * TCP from [::1]:50000 to [::2]:6510"
    assert shown(data, 6511) == []
    assert len(shown(data, 6510)) == 12


def test_segments_that_come_twice_and_in_disorder() -> None:
    start = (1 << 32) - 30  # the numbers wrap in the middle
    packets = talk([bytes((number,)) for number in range(200, 220)], start=start)
    middle = packets[5:-2]
    random.Random(5).shuffle(middle)
    lines = shown(pcap([*packets[:5], *middle, *middle[:7], *packets[-2:]]))
    assert [line for line in lines if "hex" in line] == [f"1 > 1 hex:{number:02x}" for number in range(200, 220)]
    assert lines[-1] == "1 * closed"


def test_what_is_missing_is_told_and_the_rest_read() -> None:
    packets = talk([b"\xf1", b"\xf2", b"\xf3"])
    del packets[6]
    assert shown(pcap(packets))[-3:] == ["1 * closed", "1 * > 13 bytes are missing in the capture", "1 > 1 hex:f3"]


def test_a_capture_that_begins_in_the_middle() -> None:
    lines = shown(pcap(talk([b"\xf1", b"\xf2"])[5:7]))
    assert lines == ["1 * TCP from 10.0.0.1:50000 to 10.0.0.2:6510", "1 > 1 hex:f1", "1 > 1 hex:f2"]


def test_ports_that_are_used_again_and_resets() -> None:
    first = [*talk([b"\xf1"])[:-2], tcp_segment(SERVER, CLIENT, (1, 1), RST)]
    lines = shown(pcap([*first, *talk([b"\xf2"], start=5_000_000)]))
    assert "1 * the server broke the connection off" in lines
    assert "2 > 1 hex:f2" in lines


def test_datagrams_and_their_fragments() -> None:
    whole = udp_datagram(CLIENT, SERVER, frame(bytes(range(240, 256)) * 200))
    head, body = whole[:20], whole[20:]
    pieces = [(0, body[:1600], 0x2000), (200, body[1600:3200], 0x2000), (400, body[3200:], 0)]
    cut = [head[:6] + struct.pack(">H", at | more) + head[8:] + piece for at, piece, more in pieces]
    lines = shown(pcap([udp_datagram(CLIENT, SERVER, b"plain\0"), *reversed(cut)]))
    assert lines[0] == "1 * UDP from 10.0.0.1:50000 to 10.0.0.2:6510"
    assert lines[1] == '1 > 6 str:"plain"'
    assert lines[2].startswith("1 > 3200 hex:f0f1f2")


def test_an_old_capture_of_a_program(gmlrun: Run, start_gmlrun: Start, tmp_path: Path) -> None:
    (tmp_path / "server.gml").write_text(ECHO.format(raw="", kind="network_socket_ws", send=PACKET))
    server = start_gmlrun("server.gml", "--bind=127.0.0.1", "--trace-net=seen.pcapng")
    gmlrun("net", "connect", "127.0.0.1", port_of(server), "--ws", "--wait=0", stdin="u8:3 u16:700\n:await\n")
    server.kill()
    server.wait()
    done = gmlrun("net", "decode", "seen.pcapng", "--read", "u8 hp=u16", "--hex")
    assert done.stdout.count("u8:3 hp=u16:700") == 2
    assert done.stdout.count("0000  03 bc 02") == 2
    table = gmlrun("net", "decode", "seen.pcapng", "--summary").stdout.splitlines()
    assert table[1].split()[3:7] == ["WebSocket", "1", ">", "<"]


# ------------------------------------------------------------------------ damage

DAMAGED = [
    (b"", "it is empty"),
    (b"PK\3\4 something else", "it is no capture"),
    (pcap(talk(PAYLOADS))[:-3], "it is cut off at byte"),
    (pcap(talk(PAYLOADS))[:30], "it is cut off at byte 30"),
    (pcap([])[:10], "it is cut off"),
    (gzip.compress(pcap(talk(PAYLOADS)))[:-40], "it cannot be read on"),
    (pcap([]) + struct.pack("<IIII", 0, 0, 1 << 31, 0), "a frame of 2147483648 bytes"),
    (b"\x0a\x0d\x0d\x0a" + bytes(20), "without its byte order"),
    (b"\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a" + bytes(12) + b"\x1d\0\0\0", "two lengths"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "fault"), DAMAGED)
def test_a_damaged_capture_says_where(data: bytes, fault: str) -> None:
    last = shown(data)[-1]
    assert (last.startswith("fault: "), fault in last) == (True, True), last


def test_what_comes_before_the_damage_is_shown(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "cut.pcap").write_bytes(pcap(talk(PAYLOADS))[:-3])
    done = gmlrun("net", "decode", "cut.pcap")
    assert done.returncode == 1
    assert 'str:"one"' in done.stdout
    assert done.stderr.startswith("gmlrun: cut.pcap: it is cut off at byte")
    assert done.stderr.endswith("; what comes before is shown\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("none.pcap",), 2, "cannot read none.pcap: No such file"),
        ((".",), 2, "is a folder"),
        ((), 2, "expected gmlrun net decode FILE"),
        (("good.pcap", "--port=1"), 0, "neither TCP nor UDP from or to port 1 in the capture"),
        (("strange.pcap",), 0, "frames of link type 147 were left out"),
    ],
)
def test_files_that_are_no_use(gmlrun: Run, tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (tmp_path / "good.pcap").write_bytes(pcap(talk(PAYLOADS)))
    (tmp_path / "strange.pcap").write_bytes(pcap(talk(PAYLOADS), 147))
    done = gmlrun("net", "decode", *words)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr


def written() -> bytes:
    file = io.BytesIO()
    capture = Capture(file, print)
    for packet in talk(PAYLOADS):
        capture.packet(packet, 2)
    return file.getvalue()


GOOD = [pcap(map(ethernet, talk(PAYLOADS)), 1), pcap(talk(PAYLOADS, SIX)), written()]


def test_reliable_datagrams_show_their_numbers_and_what_has_arrived() -> None:
    stream, data = 0x1A2B3C4D, struct.Struct("<4sII")
    sent = data.pack(b"GMRD", stream, 5) + frame(b"\3\7")
    arrived = data.pack(b"GMRA", stream, 5)
    foreign = data.pack(b"GMRX", stream, 5)
    lines = shown(pcap([udp_datagram(CLIENT, SERVER, sent), udp_datagram(SERVER, CLIENT, arrived),
                        udp_datagram(CLIENT, SERVER, foreign), udp_datagram(CLIENT, SERVER, b"GMRA")]))  # fmt: skip
    assert "1 > 2 hex:0307 (reliable: number 5 of stream 1a2b3c4d)" in lines[1]
    assert "1 < 12 (reliable: number 5 of stream 1a2b3c4d has arrived)" in lines[2]
    assert f"hex:{foreign.hex()}" in lines[3]
    assert 'text:"GMRA"' in lines[4]


@given(st.sampled_from(GOOD), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6))
def test_no_damage_gets_further_than_a_fault(good: bytes, changes: list[tuple[float, int]]) -> None:
    data = bytearray(good)
    for part, value in changes:
        data[int(part * len(data))] = value
    assert isinstance(shown(bytes(data)), list)


@given(st.binary(max_size=100), st.sampled_from([0, 1, 101, 113, 276]))
def test_no_frame_gets_further_than_being_counted(data: bytes, link: int) -> None:
    from gmlrun.workbench.pcap import CapturedFrame

    found = Unpacker().segment(CapturedFrame(0.0, link, data))
    assert found is None or len(found.data) <= len(data)

"""Damaged captures for `gmlrun net decode`: what can be read is shown, and a CaptureFault says where it ends."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import struct

from fuzz.damage import in_bytes
from fuzz.engine import Fuzzer, Parts
from fuzz.protocols import PIECES as STREAMS
from gmlrun.net.watch.pcapng import ACK, FIN, PUSH, SYN, Endpoint, block, tcp_segment, udp_datagram
from gmlrun.workbench.captures import CaptureReading
from gmlrun.workbench.pcap import CaptureFault
from gmlrun.workbench.views import Decoder, EventScreen

ENDS = (Endpoint(b"\x0a\0\0\1", 50000), Endpoint(b"\x0a\0\0\2", 6510))
ENDS_6 = (Endpoint(bytes(15) + b"\1", 50000), Endpoint(bytes(15) + b"\2", 6510))
SECTION = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
INTERFACE = block(1, struct.pack("<HHI", 101, 0, 0) + struct.pack("<HHB3x", 9, 1, 6) + bytes(4))
PCAP = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)
NUMBERS = tuple(struct.pack("<I", number) for number in (0, 1, 3, 8, 12, 101, 113, 0x7FFFFFFF, 0xFFFFFFFF))
FLAGS = (SYN, SYN | ACK, PUSH | ACK, PUSH | ACK, PUSH | ACK, FIN | ACK, ACK, 0x04)


def packet(rng: random.Random) -> bytes:
    """An IP packet of one of a few connections, in any order."""
    here, there = rng.sample(rng.choice((ENDS, ENDS_6)), 2)
    data = rng.choice(STREAMS)[:3000]
    if rng.random() < 0.2:
        made = udp_datagram(here, there, rng.choice((data, b"GMRD" + rng.randbytes(9), b"GMRA" + rng.randbytes(8))))
    else:
        numbers = rng.choice((0, 1, 1000, 2**32 - 5, rng.randrange(2**32))), rng.randrange(3)
        made = tcp_segment(here, there, numbers, rng.choice(FLAGS), data)
    return in_bytes(rng, made, NUMBERS) if rng.random() < 0.3 else made


def make(rng: random.Random) -> Parts:
    """The beginning of a file, and its blocks or records."""
    is_new = rng.random() < 0.6
    parts: Parts = [SECTION, INTERFACE] if is_new else [PCAP]
    for number in range(rng.randint(1, 12)):
        data = packet(rng)
        if is_new:
            body = struct.pack("<IIIII", 0, 0, number, len(data), len(data)) + data + bytes(-len(data) % 4)
            parts.append(block(6, body))
        else:
            parts.append(struct.pack("<IIII", 5, number, len(data), len(data)) + data)
    for _ in range(rng.choice((0, 1, 2))):
        at = rng.randrange(len(parts))
        parts[at] = in_bytes(rng, parts[at], (*NUMBERS, SECTION, INTERFACE))
    return ["gzip", *parts] if rng.random() < 0.1 else parts


def data_of(parts: Parts) -> bytes:
    """The file."""
    data = b"".join(part for part in parts if isinstance(part, bytes))
    return gzip.compress(data)[:-3] if "gzip" in parts else data


def run(parts: Parts) -> None:
    reading = CaptureReading(EventScreen(Decoder(), True, io.StringIO()), None, True)
    with contextlib.suppress(CaptureFault):
        reading.read(io.BytesIO(data_of(parts)))
    reading.summary()


def show(parts: Parts) -> str:
    return f"bytes.fromhex({data_of(parts).hex()!r})"


FUZZER = Fuzzer("captures", make, run, show)

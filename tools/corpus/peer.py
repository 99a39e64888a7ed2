"""A GameMaker client on a bare socket: bytes go in and out as a game's runner sends them; nothing of gmlrun is used."""

from __future__ import annotations

import socket
import struct

BANNER = b"GM:Studio-Connect\0"
SIGNATURE = struct.pack("<IIIi", 0xCAFEBABE, 0xDEADB00B, 16, 0)
ACKNOWLEDGEMENT = struct.pack("<III", 0xDEAFBEAD, 0xF00DBEEB, 12)
PACKET = struct.Struct("<III")
SECONDS = 5.0


class Peer:
    """One connection; every read waits at most five seconds and raises OSError or EOFError where nothing comes."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)

    def send(self, payload: bytes) -> None:
        """Sends bytes as they are."""
        self.socket.sendall(payload)

    def receive(self, count: int) -> bytes:
        """Exactly so many bytes."""
        found = b""
        while len(found) < count:
            part = self.socket.recv(count - len(found))
            if not part:
                raise EOFError(f"the server closed the connection after {found!r}")
            found += part
        return found

    def close(self) -> None:
        """Leaves."""
        self.socket.close()

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class PacketPeer(Peer):
    """A connection with GameMaker's handshake, whose messages are packets with its header."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        expect(super().receive(len(BANNER)), BANNER)
        super().send(SIGNATURE)
        expect(super().receive(len(ACKNOWLEDGEMENT)), ACKNOWLEDGEMENT)

    def send(self, payload: bytes) -> None:
        """Sends one packet."""
        super().send(PACKET.pack(0xDEADC0DE, PACKET.size, len(payload)) + payload)

    def packet(self) -> bytes:
        """The next packet's payload."""
        magic, header, size = PACKET.unpack(super().receive(PACKET.size))
        expect((magic, header), (0xDEADC0DE, PACKET.size))
        return super().receive(size)

    def packet_of(self, kind: bytes) -> bytes:
        """The rest of the next packet that begins with these bytes; others are passed over."""
        for _ in range(1000):
            found = self.packet()
            if found.startswith(kind):
                return found[len(kind) :]
        raise EOFError(f"a thousand packets and none begins with {kind!r}")


def expect(found: object, wanted: object) -> None:
    """Raises ValueError where something else came than what should."""
    if found != wanted:
        raise ValueError(f"expected {wanted!r}, got {found!r}")

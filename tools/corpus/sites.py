"""Public servers of 1.4 and of 2024 that show most of late: conversations derived from their code."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import struct
import zlib

from peer import PacketPeer, Peer, expect
from server import Server, text

# -------------------------------------------------------------------------- GML-networking-test, 1.4


def identities(port: int) -> str:
    """Its server answers a name with eight bytes: the request, and true; what it does not know it passes over."""
    answer = struct.pack("<B?6x", 0, True)
    with PacketPeer(port) as first, PacketPeer(port) as second:
        for client, name in ((first, "ann"), (second, "a name that is longer than the buffer")):
            client.send(b"\x00" + text(name))
            expect(client.packet(), answer)
        first.send(b"\x07" + text("unknown"))
        first.send(b"\x00" + text(""))
        expect(first.packet(), answer)
    with PacketPeer(port) as again:
        again.send(b"\x00" + text("ann"))
        expect(again.packet(), answer)
    return "names, an unknown request, a client that comes again"


# ------------------------------------------------------------------------------- htgm, 2024


class Site(Peer):
    """A connection over which requests of HTTP go."""

    def ask(self, target: str, *headers: str, method: str = "GET", body: str = "") -> tuple[int, dict[str, str], bytes]:
        """The status, the headers and the body of the answer to a request."""
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *headers]
        lines += [f"Content-Length: {len(body)}"] if body else []
        self.send(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.receive(1)
        first, *rest = head.decode().rstrip().split("\r\n")
        found = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest)}
        size = 0 if method == "HEAD" or "upgrade" in found else int(found["content-length"])
        return int(first.split()[1]), found, self.receive(size)


def visitor(port: int) -> Site:
    """A connection that the site has answered, so that it knows of it before it is gone."""
    client = Site(port)
    expect(client.ask("/healthz")[2], b"OK")
    return client


PATHS = (
    ("/healthz", 200, b"OK"),
    ("/demos/hello", 200, b"<h1>Hello World</h1>"),
    ("/demos/./nowhere/../hello", 200, b"<h1>Hello World</h1>"),
    ("/demos/fruit/apple/like?ripe=1", 200, b"<h1>I like apple</h1>"),
    ("/demos/users/ann/likes_fruit/pear%20tree", 200, b"<h1>ann likes pear tree</h1>"),
    ("/demos/wildcard/anything/path", 200, b"<h1>Wildcard match</h1>"),
    ("/demos/wildcard_end/a/b/c", 200, b"<h1>Wildcard end match</h1>"),
    ("/demos/wildcard", 404, b"Not Found"),
    ("/../healthz", 404, b"Not Found"),
)


def components(port: int) -> str:
    """htgm: paths with parameters and wildcards, sessions in cookies, compressed pages, a WebSocket written in GML."""
    with Site(port) as client:
        for path, status, body in PATHS:
            found = client.ask(path)
            expect((found[0], found[2]), (status, body))
        expect(client.ask("/demos/hello", method="HEAD")[1]["content-length"], str(len(PATHS[1][2])))
        plain = client.ask("/docs/sessions")[2]
        packed = client.ask("/docs/sessions", "Accept-Encoding: br, gzip")
        expect((packed[1]["content-encoding"], gzip.decompress(packed[2])), ("gzip", plain))
        packed = client.ask("/docs/sessions", "Accept-Encoding: gzip, deflate")
        expect((packed[1]["content-encoding"], zlib.decompress(packed[2])), ("deflate", plain))
        sessions(client)
    frames(port)
    return "parameters, wildcards, sessions, gzip and deflate, its own WebSocket"


def sessions(client: Site) -> None:
    """A name is kept for a cookie until its owner logs out."""
    form = "Content-Type: application/x-www-form-urlencoded"
    started = client.ask("/demos/sessions/start", form, method="POST", body="name=Ann+Lee")
    expect(started[2], b"hello Ann Lee you have logged in")
    cookie = "Cookie: " + started[1]["set-cookie"].partition(";")[0]
    expect(client.ask("/demos/sessions/continue", cookie)[2], b"hello Ann Lee you are logged in")
    expect(client.ask("/demos/sessions/continue")[2], b"you are not logged in")
    expect(client.ask("/demos/sessions/logout", cookie)[2], b"You have been logged out")
    expect(client.ask("/demos/sessions/continue", cookie)[2], b"you are not logged in")


def frames(port: int) -> None:
    """The handshake of RFC 6455, a ping, what the site sends once a second, and the close that it returns."""
    key = base64.b64encode(os.urandom(16)).decode()
    accept = base64.b64encode(hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()
    with Site(port) as client:
        wanted = ("Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}")
        status, headers, _ = client.ask("/fps", *wanted)
        expect((status, headers["sec-websocket-accept"]), (101, accept))
        client.send(masked(0x89, b"are you there"))
        expect(frame(client), (0x8A, b"are you there"))
        kind, words = frame(client)
        expect((kind, b"Server fps_real:" in words), (0x81, True))
        client.send(masked(0x88, struct.pack(">H", 1000)))
        while (found := frame(client))[0] != 0x88:
            pass
        expect(found[1], struct.pack(">H", 1000))


def masked(first: int, payload: bytes) -> bytes:
    """A short frame as a client sends it."""
    mask = os.urandom(4)
    return bytes((first, 0x80 | len(payload))) + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))


def frame(client: Peer) -> tuple[int, bytes]:
    """The next frame of a server: its first byte, and what it carries."""
    first, size = client.receive(2)
    if size == 126:
        (size,) = struct.unpack(">H", client.receive(2))
    return first, client.receive(size)


# ------------------------------------------------------- GameMaker-Online-Multiplayer-Example, 2023

WALLS = struct.pack("<B16H", 4, 64, 64, 1984, 64, 64, 64, 64, 1472, 64, 1472, 1984, 1472, 1984, 64, 1984, 1472)


class Fighter(PacketPeer):
    """A connection that has been asked for its name, and gets the whole state each step."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        expect(self.packet(), b"\x01" + bytes(15))

    def players(self) -> list[tuple[int, str, int, int, int]]:
        """Who is there by the next state: whether it is this one, name, direction, x, y."""
        state = self.packet_of(b"\x02" + WALLS)
        found, at = [], 1
        for _ in range(state[0]):
            end = state.index(b"\0", at + 2)
            _, _, _, _, way, x, y = struct.unpack_from("<B?BBHHH", state, end + 1)
            found.append((state[at + 1], state[at + 2 : end].decode(), way, x, y))
            at = end + 11
        return found

    def wait(self, wanted: object) -> None:
        """Reads states until the names in it, or the directions, are these."""
        for _ in range(600):
            now = self.players()
            if wanted in ([one[1] for one in now], [one[2] for one in now]):
                return
        raise EOFError(f"never {wanted!r}")


def fighters(port: int) -> str:
    """Everybody is told all walls and players each step; names, directions and keys change them."""
    with Fighter(port) as first, Fighter(port) as second:
        for client, name in ((first, "ann"), (second, "Bo\u00e9")):
            client.send(b"\x01" + text(name))
        for client in (first, second):
            client.wait(["ann", "Bo\u00e9"])
        expect([[one[0] for one in client.players()] for client in (first, second)], [[1, 0], [0, 1]])
        second.send(struct.pack("<BH", 3, 359))
        first.wait([0, 359])
        first.send(b"\x02\x03\x01")
        while first.players()[0][3] != 74:
            pass
        first.send(b"\x02\x03\x00")
    return "names, directions, a key that moves as far as the wall"


SITES = (
    Server("Maarten0110/GML-networking-test", ("server.gmx/server.project.gmx",), ("--set", "debug_mode=true"),
           PacketPeer, identities),
    Server("meseta/htgm", ("htgm/htgm.yyp",), (), visitor, components, 4),
    Server("reedtyler10/GameMaker-Online-Multiplayer-Example", ("GameServer/GameServer.yyp",), (),
           Fighter, fighters),
)  # fmt: skip
"""The servers."""

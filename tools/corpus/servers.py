"""The public servers: how each is started, and what its client half says to it; a row for each."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from peer import PacketPeer, Peer, expect
from server import Server, text

HERE = Path(__file__).resolve().parent


def commands(port: int) -> str:
    """super-basic-tcp-server: JSON commands."""
    with PacketPeer(port) as client:
        greeting = json.loads(client.packet().rstrip(b"\0"))
        expect((greeting["command"], greeting["data"]["blah"]), ("test", 6.0))
        client.send(text(json.dumps({"command": "client-test", "data": {"n": 1}})))
        client.send(text(json.dumps({"command": "nonsense", "data": 0})))
    return "its greeting as JSON; takes a known and an unknown command"


def card_table(port: int) -> str:
    """card_game_liegen_server: three players join, get ready, and the cards are shuffled."""
    with PacketPeer(port) as first, PacketPeer(port) as second, PacketPeer(port) as third:
        sockets = [client.packet_of(b"\x00")[0] for client in (first, second, third)]
        expect(first.packet_of(b"\x01")[0] in sockets, True)
        first.send(b"\x14")
        expect(first.packet_of(b"\x14"), b"")
        expect(second.packet_of(b"\x16"), bytes(sockets[:1]))
        first.send(b"\x15")
        expect(first.packet_of(b"\x15"), b"")
        expect(third.packet_of(b"\x17"), bytes(sockets[:1]))
    return "join, other players, ready, not ready"


def uno(port: int) -> str:
    """gamemaker-uno-server: names, chat, the host starts a game and cards are dealt."""
    with PacketPeer(port) as host, PacketPeer(port) as guest:
        for client, name in ((host, "ann"), (guest, "bob")):
            client.packet_of(b"\x0e")
            client.packet_of(b"\x0f")
            client.send(b"\x00" + text(name) + text("0.10.1"))
            expect(b"ann" in client.packet_of(b"\x01"), True)
        host.send(b"\x10" + text("good luck"))
        expect(guest.packet_of(b"\x11\x00"), text("good luck"))
        host.send(b"\x02")
        expect([len(client.packet_of(b"\x03")) for client in (host, guest)], [9, 9])
        host.send(b"\x12")
        expect(guest.packet_of(b"\x12"), b"")
    return "rules, names, chat, a game dealt and stopped"


def positions(port: int) -> str:
    """gm_networking: pings, positions and shots are passed on."""
    with PacketPeer(port) as first:
        first.packet_of(b"\x04")
        with PacketPeer(port) as second:
            first.send(struct.pack("<BHH", 1, 300, 200))
            while struct.unpack("<BHH", second.packet_of(b"\x02"))[1:] != (300, 200):
                pass
            shot = struct.pack("<HHH", 90, 10, 20)
            first.send(b"\x03" + shot)
            expect(second.packet_of(b"\x03"), shot)
    return "ping, positions, shots"


def greeted(port: int) -> Peer:
    """A raw connection that the server has greeted, so that it knows of it before it is gone."""
    client = Peer(port)
    expect(client.receive(1), b"\x03")
    return client


def bombers(port: int) -> str:
    """BomberServer: raw bytes; names and movement are passed on."""
    with greeted(port) as first, greeted(port) as second:
        first.send(b"\x02" + text("ann"))
        expect(second.receive(7)[3:], text("ann"))
        expect(first.receive(4)[3:], text(""))
        second.send(b"\x02" + text("bob"))
        expect(first.receive(7)[3:], text("bob"))
        expect(second.receive(7)[3:], text("ann"))
        second.send(struct.pack("<BHH", 1, 640, 480))
        expect(struct.unpack("<BHHH", first.receive(7))[2:], (640, 480))
    return "names and movement passed on"


def web(port: int) -> str:
    """gm-http: requests of HTTP."""
    answers = [request(port, target) for target in ("/hello?name=Sam", "/hello", "/other")]
    expect([(answer[:12], answer.partition(b"\r\n\r\n")[2].strip()) for answer in answers], [
        (b"HTTP/1.1 200", b"Hello, Sam"), (b"HTTP/1.1 200", b"Hello, stranger"), (b"HTTP/1.1 404", b"nothing here"),
    ])  # fmt: skip
    return "GET with and without a query, and a page that is not there"


def request(port: int, target: str) -> bytes:
    """The whole answer to a GET."""
    with Peer(port) as client:
        client.send(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += client.receive(1)
        length = answer.lower().partition(b"content-length:")[2].split()[0]
        return answer + client.receive(int(length))


def pong(port: int) -> str:
    """Pong-Server: the state of the game each step, an echo, and the client's paddle."""
    with PacketPeer(port) as client:
        before = struct.unpack("<IIIIBB", client.packet_of(b"\x03"))
        client.send(struct.pack("<BI", 1, 123456789))
        expect(client.packet_of(b"\x01"), struct.pack("<I", 123456789))
        client.send(b"\x02\x00")
        while struct.unpack("<IIIIBB", client.packet_of(b"\x03"))[1] != before[1] - 15:
            pass
    return "the game's state, ping, the paddle moves"


def engine(port: int) -> str:
    """NetworkingEngine: players are announced to each other, and pinged."""
    with PacketPeer(port) as first:
        owner = first.packet_of(b"\x02\x00")
        expect(json.loads(owner[2:].rstrip(b"\0"))["Name"], "SERVER OWNER")
        number = first.packet_of(b"\x01\x00")
        first.send(b"\x01\x00" + text('{"Name": "ann"}'))
        with PacketPeer(port) as second:
            second.packet_of(b"\x01\x00")
            second.send(b"\x01\x00" + text('{"Name": "bob"}'))
            expect(json.loads(first.packet_of(b"\x02\x00")[2:].rstrip(b"\0")), {"Name": "bob"})
            time = first.packet_of(b"\x04\x00")[:8]
            first.send(b"\x04\x00" + time)
        expect(len(first.packet_of(b"\x03\x00")), len(number))
    return "players announced, ping, a player leaves"


SERVERS = (
    Server("Ex-Populus/super-basic-tcp-server", ("super-basic-tcp-server.yyp",), (), PacketPeer, commands, 1),
    Server("DaanSijnja/card_game_liegen_server", ("Liegen online kaart spel server.yyp",), (), PacketPeer, card_table),
    Server("LDinos/gamemaker-uno-server", ("unoserver.yyp",), (), PacketPeer, uno),
    Server("gmclan-org/gm_networking", ("gm_networking.yyp",), ("--spawn", "obj_server"), PacketPeer, positions),
    Server("ivoryfitz/BomberServer", ("BomberServer.yyp",),
           ("--spawn", "obj_server", "--exec", "global.localPlayerClient = -1"), greeted, bombers),
    Server("brianlaclair/gm-http", (str(HERE / "http_server.gml"), "http.gml"), (), Peer, web),
    Server("CarsonStauffer/Pong-Server", ("Networking Tutorial 3.project.gmx",), (), PacketPeer, pong),
    Server("Elfiawesome/NetworkingEngine", ("NetworkingEngine.project.gmx",),
           ("--room", "rm_online", "--spawn", "obj_server"), PacketPeer, engine),
)  # fmt: skip

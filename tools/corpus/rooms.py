"""Public servers of rooms full of players, from 2.3 on: conversations derived from their code."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

from peer import PacketPeer, Peer, expect
from server import Server, text


def positions(port: int) -> str:
    """GMS2_Networking: everybody is told of each player's socket and place; moves go to all, or to all others."""
    with PacketPeer(port) as first:
        one = first.packet_of(b"\x00")
        expect(one[1:], struct.pack("<HH", 500, 300))
        with PacketPeer(port) as second:
            two = second.packet_of(b"\x00")
            expect(second.packet(), b"\x01" + one)
            expect(first.packet(), b"\x01" + two)
            first.send(struct.pack("<BHH", 3, 321, 123))
            for client in (first, second):
                expect(client.packet(), b"\x03" + one[:1] + struct.pack("<HH", 321, 123))
            second.send(struct.pack("<BHH", 4, 7, 65535))
            expect(first.packet(), b"\x04" + two[:1] + struct.pack("<HH", 7, 65535))
        expect(first.packet(), b"\x02" + two[:1])
        with PacketPeer(port) as third:
            third.packet_of(b"\x00")
            expect(third.packet(), b"\x01" + one[:1] + struct.pack("<HH", 321, 123))
    return "places of all, moves to all and to others, leaving"


def shots(port: int) -> str:
    """Networking-V1: a relay of moves, shots and joins to all clients, the sender among them."""
    said = (
        struct.pack("<BHhhhH", 1, 12, -5, 600, 270, 100),
        struct.pack("<BHhhh", 2, 12, -32768, 32767, 0),
        struct.pack("<BH", 0, 65535),
    )
    with PacketPeer(port) as first, PacketPeer(port) as second:
        for sender in (first, second):
            for words in said:
                sender.send(words + b"what stands behind is not passed on")
                for client in (first, second):
                    expect(client.packet(), words)
    return "moves, shots and joins to all"


def echoes(port: int) -> str:
    """netplay: a text comes back, and a number with one added; packets that nobody has described are passed over."""
    with PacketPeer(port) as first, PacketPeer(port) as second:
        for client, words, number in ((first, "Hällo", 10), (second, "", 65534)):
            client.send(b"\x00" + text(words))
            expect(client.packet(), b"\x00" + text(words))
            client.send(b"\x09" + text("unknown"))
            client.send(struct.pack("<BH", 1, number))
            expect(client.packet(), struct.pack("<BH", 1, number + 1))
    return "texts and numbers that come back"


def message(number: int, package: Any) -> bytes:
    """A message of gms2-networking: its number, and JSON in base64."""
    return bytes([number]) + text(base64.b64encode(json.dumps(package).encode()).decode())


def package_of(payload: bytes) -> tuple[int, Any]:
    """The number and the package of such a message."""
    return payload[0], json.loads(base64.b64decode(payload[1:-1]))


UPDATE, CALL, REPLY = 1, 8, 9
"""Messages of gms2-networking: an object of a client's, a call of a function of it, the answer."""


def answer(client: PacketPeer, kind: int, key: str, value: str) -> Any:
    """The package of the next message of a kind that has a value; the server tells of objects of its own, too."""
    while True:
        number, package = package_of(client.packet())
        if number == kind and package[key] == value:
            return package


def counters(port: int) -> str:
    """gms2-networking: a counter that a client has, of which others hear and on which the server calls functions."""
    facts = {"uuid": "one", "object": "rpc_counter_example_o", "layerName": "Instances"}
    thing = {**facts, "syncVariables": {}, "variables": {}}
    call = {"id": "one", "fn": "increaseCounter", "args": {"increment": 2}}
    with PacketPeer(port) as first, PacketPeer(port) as second:
        first.send(message(UPDATE, thing))
        for client in (first, second):
            expect(answer(client, UPDATE, "uuid", "one"), thing)
        for caller, wanted in ((first, 2), (second, 4)):
            caller.send(message(CALL, {**call, "replyTo": f"r{wanted}"}))
            found = answer(caller, REPLY, "id", "one")
            expect(found, {"data": wanted, "isValid": True, "id": "one", "replyTo": f"r{wanted}"})
        first.send(message(CALL, {**call, "fn": "nobody", "replyTo": "r"}))
        expect(answer(first, REPLY, "replyTo", "r")["isValid"], False)
    return "a client's object for all, calls with their results and with an error"


def asked(client: PacketPeer, kind: str, data: Any, number: int) -> Any:
    """The response to a request to gm_networking_system; its own questions are passed over."""
    client.send(text(json.dumps({"type": kind, "data": data, "reqid": number, "_ntype_": "pack"})))
    while True:
        found = json.loads(client.packet()[:-1])
        if found["type"] == "_req_reply" and found["data"]["reqid"] == number:
            return found["data"].get("response")


def requests(port: int) -> str:
    """gm_networking_system: requests and their responses, versions, what is no packet of it."""
    with PacketPeer(port) as first:
        expect(asked(first, "req_test", {"type": "money"}, 3), 100)
        expect(asked(first, "req_test", {"type": "fame"}, 4), 0)
        expect(asked(first, "ping", None, 5), "pong")
        expect(asked(first, "_connect_setup", {"version": 0}, 6)["success"], False)
        with PacketPeer(port) as second:
            made = asked(second, "_connect_setup", {"version": 1, "auth": None}, 1)
            expect((made["success"], made["message"], len(made["uuid"]) > 0), (True, "", True))
            second.send(text(json.dumps({"type": "req_test", "_ntype_": "lanb"})))
            expect(asked(second, "ping", None, 2), "pong")
    return "requests with responses, a version refused, a number for a player"


def heard(client: Peer, count: int) -> bytes:
    """The next message of ArenaShooter; its state of the match, which it tells now and then, is passed over."""
    while (kind := client.receive(1)) == b"\x03":
        client.receive(3)
    return kind + client.receive(count - 1)


def entered(port: int) -> Peer:
    """A raw connection to ArenaShooter that has been told the state of the match."""
    client = Peer(port)
    expect(client.receive(3), struct.pack("<Bh", 3, 0))
    client.receive(1)
    return client


def arena(port: int) -> str:
    """ArenaShooter: raw bytes; a team for everybody, moves and shots to all others, what is hit to all."""
    with entered(port) as first:
        first.send(b"\x04")
        (team,) = struct.unpack("<xh", heard(first, 3))
        with entered(port) as second:
            second.send(b"\x04")
            expect(heard(second, 3), struct.pack("<Bh", 4, 3 - team))
            move = struct.pack("<hhhhhBBHBH", -7, 300, 45, -45, 90, 3, 100, 513, 2, 65535)
            first.send(b"\x01" + move)
            found = heard(second, 3 + len(move) + 1)
            expect(found[3:], move + bytes([team]))
            number = found[1:3]
            shot = struct.pack("<HHHHHHH", 1, 2, 359, 20, 4000, 5, 6)
            first.send(b"\x02" + shot + b"\x08" + struct.pack("<HHH", 8, 9, 10))
            expect(heard(second, 3 + len(shot) + 1), b"\x02" + number + shot + bytes([team]))
            expect(heard(second, 7), struct.pack("<BHHH", 8, 8, 9, 10))
            second.send(struct.pack("<Bh?h", 5, 77, True, -3))
            for client in (first, second):
                expect(heard(client, 6), struct.pack("<Bh?h", 5, 77, True, -3))
            second.send(struct.pack("<Bhhh", 6, 7, -8, 9) + struct.pack("<Bh", 7, 12))
            expect(heard(first, 7), struct.pack("<Bhhh", 6, 7, -8, 9))
            expect(heard(first, 3), struct.pack("<Bh", 7, 12))
    return "teams in turn, moves and shots to all others, hits to all, two messages in one send"


ROOMS = (
    Server("KMRRingQA/GMS2_Networking", ("MyServer/MyServer.yyp",), (), PacketPeer, positions, 12),
    Server("Kurtain4774/Networking-V1", ("Networking V1.yyp",), ("--room", "rServer"), PacketPeer, shots),
    Server("AndrewBGM/netplay", ("netplay/netplay.yyp",), (), PacketPeer, echoes, 32),
    Server("lcnvdl/gms2-networking", ("gms2-networking/gms2-networking.yyp",),
           ("--room", "nw_example_5_room", "--press", "C@10"), PacketPeer, counters),
    Server("Antidissmist/gm_networking_system", ("netcode_system.yyp",), ("--spawn", "obj_demo_server"),
           PacketPeer, requests),
    Server("Pennanen/ArenaShooter", ("motionplanning.yyp",), ("--room", "rm_hosting"), entered, arena, 2),
)  # fmt: skip
"""The servers."""

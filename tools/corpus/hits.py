"""Public servers that decide collisions: whether a shot meets somebody, and where a player must stop.

The numbers are derived from the projects' files: the sizes of sprites, the speeds in the code.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from typing import NamedTuple

from peer import PacketPeer, expect
from server import Server, text

# --------------------------------------------------------- Server.yyp: a Collision event of players with bullets

JOIN, SHOOT, HIT, DIE, KILL = b"\x03", b"\x04", b"\x05", b"\x09", b"\x10"
FULL_HEALTH = 6


def heroes(port: int) -> str:
    """Server.yyp: shots fly 256 pixels; those that meet a player of another team cost health, the sixth the life."""
    with PacketPeer(port) as ann, PacketPeer(port) as bob:
        mine, theirs = (client.packet_of(b"\x00") for client in (ann, bob))
        ann.send(JOIN + struct.pack("<HH", 960, 960) + text("ann") + b"\x00\x00")
        bob.send(JOIN + struct.pack("<HH", 1100, 960) + text("bob") + b"\x01\x00")
        while not ann.packet_of(JOIN + theirs).startswith(struct.pack("<HH", 1100, 960) + text("bob")):
            pass
        for direction in (90, 180, 270):  # beside him
            ann.send(SHOOT + struct.pack("<H", direction))
            expect(bob.packet_of(SHOOT + mine), struct.pack("<H", direction))
        for _ in range(FULL_HEALTH):
            ann.send(SHOOT + struct.pack("<H", 0))
            expect(bob.packet_of(SHOOT + mine), struct.pack("<H", 0))
            expect(bob.packet(), HIT + theirs + struct.pack("<h", 1))
        expect([bob.packet() for _ in range(3)], [DIE + theirs, HIT + mine + struct.pack("<h", -2), KILL + mine])
    return "three shots beside a player hit nothing; six that meet him hurt, and the sixth kills"


# ------------------------------------------- Simple-Server-Multiplayer: place_meeting with walls, balls and bullets

BALL = 7
"""The index of the balls' sprite."""


class Place(NamedTuple):
    """A row of what the server sends: something that is to be drawn."""

    x: float
    y: float
    sprite: int


def shown(packet: bytes) -> tuple[tuple[int, int, int], list[Place]]:
    """A player's own place and health, and the rows."""
    count, *own = struct.unpack_from("<IhhB", packet)
    at, rows = 9, []
    for _ in range(count):
        rows.append(Place(*struct.unpack_from("<ffH", packet, at)))
        at = packet.index(b"\0", at + struct.calcsize("<ffHBffhi")) + 1
    return (own[0], own[1], own[2]), rows


def press(client: PacketPeer, key: int, is_down: bool) -> None:
    """Tells Simple-Server-Multiplayer of a key."""
    client.send(struct.pack("<hhh", 1, key, is_down))


def balls(port: int) -> str:
    """Simple-Server-Multiplayer: a player is stopped by walls, hurt by a ball, and splits it with a needle."""
    time.sleep(0.5)  # it listens in a menu, whose end nobody must meet
    with PacketPeer(port) as client:
        for key in b"DS":
            press(client, key, True)
            places = [shown(client.packet())[0] for _ in range(600)]
            press(client, key, False)
            expect(places[-1], places[-60])
        expect(all(0 < place < 640 for place in places[-1][:2]), True)
        hunt(client, lambda health, count: health < 3)
        before = sum(row.sprite == BALL for row in shown(client.packet())[1])
        hunt(client, lambda health, count: count > before, is_shooting=True)
    return "walls stop a player, a ball that it meets costs health, a needle that meets a ball splits it"


def hunt(client: PacketPeer, is_over: Callable[[int, int], bool], is_shooting: bool = False) -> None:
    """Walks to a ball, and shoots at it or not, until a condition of the health and of the number of balls is met."""
    for step in range(3000):
        (x, y, health), rows = shown(client.packet())
        found = [row for row in rows if row.sprite == BALL]
        if is_over(health, len(found)):
            return
        ball = min(found, key=lambda row: abs(row.x - x) + abs(row.y - y))
        for key, wanted in zip(b"DASW", (ball.x > x + 4, ball.x < x - 4, ball.y > y + 4, ball.y < y - 4), strict=True):
            press(client, key, wanted)
        if is_shooting and step % 10 == 0:
            press(client, ord(" "), True)
    raise EOFError("no ball was met")


# ------------------------------------- Networked-Gamemaker-Project: tiles that are walls, bullets that find players

GAME = 2
RIGHT, LEFT_BUTTON = 0x27, 1


class Player(NamedTuple):
    """A player of Networked-Gamemaker-Project."""

    x: int
    y: int
    health: int


def players(client: PacketPeer) -> tuple[int, dict[str, Player]]:
    """The state of the game, and the players by their names, as the next packet has them."""
    packet = client.packet()
    count, _, _, _, state = struct.unpack_from("<Ihh?h", packet)
    at, found = 11, {}
    for _ in range(count):
        x, y = struct.unpack_from("<hh", packet, at)
        end = packet.index(b"\0", at + 12)
        name, (_, _, health), at = packet[at + 12 : end].decode(), struct.unpack_from("<h?h", packet, end + 1), end + 6
        found[name] = Player(x, y, health)
    return state, found


def traitors(port: int) -> str:
    """Networked-Gamemaker-Project: tiles stop a player, and bullets cost health where they meet one."""
    with PacketPeer(port) as client:
        client.send(struct.pack("<h", 1) + text("ann"))
        while players(client)[0] != GAME:
            pass
        tell(client, RIGHT, True)
        host = players(client)[1]["Player"]
        walked = [players(client)[1]["ann"] for _ in range(200)]
        tell(client, RIGHT, False)
        expect(walked[-1], walked[-60])
        expect(walked[-1].x > host.x, True)
        fire(client, walked[-1].x + 100, 192)
        fire(client, walked[-1].x, 92)
        before = [players(client)[1] for _ in range(100)][-1]
        expect((before["ann"].health, before["Player"].health), (4, host.health))
        fire(client, 0, walked[-1].y)
        after = [players(client)[1] for _ in range(100)][-1]
        expect((after["ann"].health, after["Player"].health < before["Player"].health), (4, True))
    return "tiles stop a player, a shot at a wall hits nobody, one at the host costs health"


def tell(client: PacketPeer, key: int, is_down: bool) -> None:
    """Tells Networked-Gamemaker-Project of a key or a button."""
    client.send(struct.pack("<hhh", 0, key, is_down))


def fire(client: PacketPeer, x: int, y: int) -> None:
    """Shoots towards a place, for the step or the few between two packets."""
    client.send(struct.pack("<hhh", 3, x, y))
    tell(client, LEFT_BUTTON, True)
    players(client)
    players(client)
    tell(client, LEFT_BUTTON, False)


# --------------------------------------------------- Pong-Server: a ball of 16 pixels bounces off paddles of 48 by 15

PADDLES = (64, 960)
REACH = (48 + 16) / 2
"""How far the middle of the ball is from that of a paddle when they touch."""


class Rally(NamedTuple):
    """A packet of Pong-Server: the left paddle, the right one, the ball, both scores."""

    left: int
    right: int
    x: int
    y: int
    left_score: int
    right_score: int


def rally(port: int) -> str:
    """Pong-Server: the ball turns back where a paddle is, and scores where none is."""
    missed, turned = set(), set()
    with PacketPeer(port) as client:
        before, last = (Rally(*struct.unpack("<IIiiBB", client.packet_of(b"\x03"))) for _ in range(2))
        for _ in range(6000):
            now = Rally(*struct.unpack("<IIiiBB", client.packet_of(b"\x03")))
            if now.left_score + now.right_score != last.left_score + last.right_score:
                missed.add(last.x < 512)
            elif (now.x - last.x) * (last.x - before.x) < 0 and abs(now.x - 512) > 100:
                turned.add(last.x < 512)
                expect(abs(last.y - (last.left if last.x < 512 else last.right)) <= REACH + 15, True)
                expect(min(abs(last.x - paddle) for paddle in PADDLES) <= 7 + 8 + 15, True)
            if {True, False} == turned and missed:
                return "the ball turns back at both paddles, and scores where it misses one"
            if len(turned) < 2 and now.y != now.right:
                client.send(bytes([2, now.y > now.right]))
            before, last = last, now
    raise EOFError(f"turned back at {turned}, missed {missed}")


# --------------------------------------- top_down_shooter: place_meeting with walls that stand between y = 224 and 512

LEFT, UP, DOWN = 0x25, 0x26, 0x28


def walls(port: int) -> str:
    """top_down_shooter: players walk 10 pixels a step; a column of walls at x = 480 stops one who walks into it."""
    with PacketPeer(port) as client:
        walk(client, UP, lambda x, y: y < 100)
        walk(client, LEFT, lambda x, y: x < 300)
        walk(client, RIGHT, lambda x, y: x >= 200)
        walk(client, DOWN, lambda x, y: y >= 280)
        stopped = [walk(client, RIGHT, lambda x, y: False, 120) for _ in range(2)]
        expect(stopped[0], stopped[1])
        expect(300 < stopped[0][0] < 480, True)
        walk(client, UP, lambda x, y: y < 100)
        walk(client, RIGHT, lambda x, y: x > 700)
    return "walls stop a player who walks into them, and not one who walks above them"


def walk(client: PacketPeer, key: int, is_there: Callable[[int, int], bool], most: int = 1200) -> tuple[int, int]:
    """Holds a key of top_down_shooter until a player is somewhere; returns where he is then."""
    tell(client, key, True)
    place = (0, 0)
    for _ in range(most):
        place = struct.unpack_from("<hh", client.packet(), 4)
        if is_there(*place):
            break
    tell(client, key, False)
    for _ in range(4):
        place = struct.unpack_from("<hh", client.packet(), 4)
    return place


# ------------------------------ gamemaker-fantasy-royale and Lan-GM: tiles that are walls and floors, and gravity


def platforms(port: int) -> str:
    """A player falls until a floor stops him, and walks until a wall does, on either side."""
    with PacketPeer(port) as client:
        places = [struct.unpack_from("<hh", client.packet(), 4) for _ in range(200)]
        expect(places[-1], places[-60])
        ends = [walk(client, key, lambda x, y: False, 300) for key in (RIGHT, RIGHT, LEFT, LEFT)]
        expect((ends[0], ends[2]), (ends[1], ends[3]))
        expect(ends[2][0] < ends[0][0], True)
    return "a floor ends a fall, a wall on either side a walk"


HITS = (
    Server("lunarDustX/Server.yyp", ("Server.yyp",), (), PacketPeer, heroes),
    Server("pzoghbi/Simple-Server-Multiplayer", ("Simple Server Multiplayer.yyp",),
           ("--click", "o_button_host@5", "--click", "o_button_join@6", "--map-host", "gametest.ddns.net=127.0.0.1"),
           PacketPeer, balls),
    Server("yash-kini/Networked-Gamemaker-Project", ("YoYo Games LAN Platformer.yyp",),
           ("--click", "oCreateServerButton", "--press", "vk_enter@300", "--draw-events"), PacketPeer, traitors, 4),
    Server("CarsonStauffer/Pong-Server", ("Networking Tutorial 3.project.gmx",), (), PacketPeer, rally),
    Server("MannuPannu/top_down_shooter", ("pubg_2d.yyp",), ("--click", "obj_create_server_button"), PacketPeer, walls),
    Server("Chrisctr/gamemaker-fantasy-royale", ("NetworkDemo.yyp",), ("--click", "oCreateServerButton"), PacketPeer,
           platforms),
    Server("Italo-JB/Lan-GM", ("Lan_yoyo.yyp",), ("--click", "oCreateServerButton"), PacketPeer, platforms),
)  # fmt: skip
"""Each with what its collisions decide."""

"""Public servers behind a menu, started by a key or a click as somebody at the game would: `--press`, `--click`."""

from __future__ import annotations

import struct

from ages import shooter, shooters
from peer import PacketPeer, expect
from server import Server

TOLD = {6, 7, 8, 9, 10, 12, 13, 16}
"""The commands of ggj2016 that a server sends: frames, ships, what to draw, particles, names, a count-down."""
FIRE = struct.pack("<i", 5)


def asteroids(port: int) -> str:
    """ggj2016: the server simulates, and streams to each client what to draw and which particles fly."""
    with PacketPeer(port) as client:
        kinds = {struct.unpack("<i", client.packet()[:4])[0] for _ in range(60)}
        client.send(FIRE)
        kinds |= {struct.unpack("<i", client.packet()[:4])[0] for _ in range(60)}
        expect(kinds - TOLD, set())
    return "what is to be drawn and which particles fly, 120 packets of it; takes a shot"


MENUS = (
    Server("Petah/ggj2016", ("ggj.project.gmx",), ("--press", "H"), PacketPeer, asteroids, 4),
    Server("dtmcdona/Online-Shooter.GMS", ("OnlineShooter.project.gmx",), ("--click", "obj_button"), shooter, shooters),
)

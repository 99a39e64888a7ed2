"""Public servers of each age of GameMaker: conversations derived from their code, and their own clients.

Each row names the versions; the functions say what the server's code writes for what its client half sends.
"""

from __future__ import annotations

import secrets
import struct

from peer import PacketPeer, Peer, expect
from server import Own, Server, text

# ------------------------------------------------------------------- GameMaker: Studio 1.4


def rock_paper_scissors(port: int) -> str:
    """NetRPS: each message begins with a signed word; after a handshake everybody gets all players."""
    with PacketPeer(port) as first:
        first.send(struct.pack("<h", 1) + text("hi"))
        expect(first.packet_of(struct.pack("<h", 1)), text("Roger that"))
        players = first.packet_of(struct.pack("<hh", 2, 1))
        expect(players[2:], text("Gerry") + struct.pack("<hhhbbb", 0, 0, 3, 1, 2, 3))
        with PacketPeer(port) as second:
            first.send(struct.pack("<h", 5) + text("good luck"))
            for client in (first, second):
                expect(client.packet_of(struct.pack("<h", 6)), text("good luck"))
            second.send(struct.pack("<hb", 4, 1))
            rows = first.packet_of(struct.pack("<hh", 2, 2))
            while rows.count(struct.pack("<hhhbbb", 0, 1, 3, 1, 2, 3)) != 1:
                rows = first.packet_of(struct.pack("<hh", 2, 2))
    return "a handshake, all players with their cards, chat, ready"


def shooter(port: int) -> Peer:
    """A raw connection to Online-Shooter that has its number."""
    client = Peer(port)
    expect(client.receive(1), b"\x04")
    client.number = client.receive(2)  # type: ignore[attr-defined]
    return client


def heard(client: Peer, count: int) -> bytes:
    """The next message; those of players who have left are passed over."""
    while (kind := client.receive(1)) == b"\x03":
        client.receive(2)
    return kind + client.receive(count - 1)


def shooters(port: int) -> str:
    """Online-Shooter.GMS: raw bytes; names, movement, shots that hit nothing, leaving."""
    with shooter(port) as first:
        one: bytes = first.number  # type: ignore[attr-defined]
        with shooter(port) as second:
            other: bytes = second.number  # type: ignore[attr-defined]
            first.send(b"\x02" + text("ann"))
            expect(heard(second, 7), b"\x02" + one + text("ann"))
            expect(heard(first, 4), b"\x02" + other + text(""))
            second.send(b"\x02" + text("bob"))
            expect(heard(first, 7), b"\x02" + other + text("bob"))
            expect(heard(second, 7), b"\x02" + one + text("ann"))
            moved = struct.pack("<HHBHb", 640, 480, 1, 270, -5)
            first.send(b"\x01" + moved)
            expect(heard(second, 11), b"\x01" + one + moved)
            second.send(b"\x01" + moved + b"\x01" + moved)
            expect(heard(first, 11) + heard(first, 11), (b"\x01" + other + moved) * 2)
        while first.receive(3) != b"\x03" + other:
            pass
    return "numbers, names, movement, two messages in one send, a player leaves"


def chat(port: int) -> str:
    """KABAKABA-chat-room-Server: a text of types and the values; the answer chooses its type by the value."""
    with PacketPeer(port) as first, PacketPeer(port) as second:
        values = (
            (11, text("ni hao"), 11, text("ni hao")),
            (3, struct.pack("<H", 300), 3, struct.pack("<H", 300)),
            (5, struct.pack("<I", 7), 1, b"\x07"),
            (6, struct.pack("<i", -5), 2, b"\xfb"),
            (6, struct.pack("<i", -300), 4, struct.pack("<h", -300)),
            (9, struct.pack("<d", 1.5), 8, struct.pack("<f", 1.5)),
            (1, b"\x01", 10, b"\x01"),
        )
        for given, value, answered, answer in values:
            first.send(text(f"0:{given}:") + value)
            for client in (first, second):
                expect(client.packet(), text(f"1:{answered}:") + answer)
    return "texts and numbers of every type, each in the smallest type that holds it"


def assassins(port: int) -> str:
    """Assassin: ping, and a player whose request is granted, as its host's own client sees."""
    with PacketPeer(port) as first:
        first.send(b"\x01" + struct.pack("<I", 123456789))
        expect(first.packet_of(b"\x01"), struct.pack("<I", 123456789))
        first.send(b"\x03" + text("ann"))
        number = first.packet_of(b"\x03")
        expect(number[2:], text("ann"))
        expect(struct.unpack("<4h", first.packet_of(b"\x06\x00")), (526, 656, 526, 656))
        grid = first.packet_of(b"\x06\x01")
        expect(struct.unpack("<4h", grid[:8]), (13, 15, 190, 32))
        expect(len(grid), 8 + 13 * 15 * 2)
        expect(struct.unpack("<3h", grid[8:14]), (1, 0, 1))
    return "ping, a player asks to join, the game's positions and its map"


def ships(port: int) -> str:
    """ZAAP: a newcomer is told its number, who is there and what flies; chat and pings are passed on."""
    with PacketPeer(port) as first:
        one = first.packet_of(b"\x24")
        expect(len(one), 1)
        others = first.packet_of(b"\x25")
        expect(len(others), 1 + 2 * others[0])
        expect(first.packet_of(b"\x23"), one)
        expect([first.packet_of(kind) for kind in (b"\x13", b"\x14", b"\x17")], [b"\x00"] * 3)
        with PacketPeer(port) as second:
            other = second.packet_of(b"\x24")
            there = second.packet_of(b"\x25")
            expect(one in (there[at : at + 1] for at in range(1, len(there), 2)), True)
            for client in (first, second):
                expect(client.packet_of(b"\x23"), other)
            second.send(b"\x01" + text("ahoy"))
            for client in (first, second):
                expect(client.packet_of(b"\x01"), other + text("ahoy"))
            first.send(b"\x27" + struct.pack("<I", 123456))
            expect(first.packet_of(b"\x27"), struct.pack("<I", 123456))
            first.send(b"\x28\x2a")
            for client in (first, second):
                expect(client.packet_of(b"\x28"), one + b"\x2a")
        expect(first.packet_of(b"\x26"), other)
    return "numbers, who is there, nothing flies yet, chat, pings, a player leaves"


# ------------------------------------------------------------------------ GameMaker 2.0 to 2.2


def platformers(port: int) -> str:
    """Init_Network: each step brings the number of players, one's own place, and a row for each player."""
    with PacketPeer(port) as first, PacketPeer(port) as second:
        for client, name in ((first, "ann"), (second, "bob")):
            client.send(struct.pack("<h", 2))
            client.send(struct.pack("<hhh", 0, 37, 1))
            client.send(struct.pack("<h", 1) + text(name))
        for client in (first, second):
            found = client.packet()
            while not (text("ann") in found and text("bob") in found):
                found = client.packet()
            expect(struct.unpack("<hh", found[4:8]), (64, 192))
            names = []
            at = 8
            while at < len(found):
                x, y, _, image, blend = struct.unpack("<hhhhi", found[at : at + 12])
                expect((x, y, image, blend), (64, 192, 0, 0xFFFFFF))
                end = found.index(b"\0", at + 12)
                names.append(found[at + 12 : end].decode())
                at = end + 1
            expect({"ann", "bob"} <= set(names), True)
    return "keys and names; all players each step"


def painters(port: int) -> str:
    """MultiPainter: a newcomer gets all 100 by 62 pixels, a change goes to everybody."""
    with PacketPeer(port) as first:
        for x in range(100):
            for y in range(62):
                expect(first.packet(), bytes((1, x, y, 0)))
        first.send(bytes((1, 7, 8, 3)))
        expect(first.packet(), bytes((1, 7, 8, 3)))
        first.send(b"\x02")
        expect(first.packet(), b"\x02")
    return "the whole picture, a pixel, everything erased"


def ghosts(port: int) -> str:
    """ghostnet: each newcomer is told how many came before."""
    with PacketPeer(port) as first, PacketPeer(port) as second:
        count = first.packet()
        expect((count[0], len(count)), (0, 2))
        expect(second.packet(), bytes((0, (count[1] + 1) % 256)))
    return "how many players came before"


# ----------------------------------------------------------------------- GameMaker 2.3 to 2024


def racers(port: int) -> str:
    """FurryKartRacerServer: a name is free or taken."""
    names = [secrets.token_hex(4) for _ in range(2)]
    with PacketPeer(port) as first, PacketPeer(port) as second:
        for client, name, answer in (
            (first, names[0], b"\x01"),
            (second, names[0], b"\xf1"),
            (second, names[1], b"\x01"),
        ):
            client.send(b"\x01" + text(name))
            expect(client.packet(), answer)
    return "a name that is free, one that is taken"


def tanks(port: int) -> str:
    """Multiplayer_Tanks: a number for each, who is there, who has left; a shot that meets a tank costs it health."""
    with PacketPeer(port) as first:
        one = first.packet()
        expect((one[:1], one[1:2]), (b"\x00", one[2:3]))
        second = PacketPeer(port)
        expect(second.packet(), b"\x05" + one[1:2])
        other = second.packet()
        expect((other[0], other[1] == other[2], other[1] != one[1]), (0, True, True))
        shoot(first, one[1], second, other[1])
        second.close()
        expect(first.packet_of(b"\x03"), other[1:2])
    return "numbers, who is there, who has left; a shot that meets a tank hits, one beside it does not"


def shoot(tank: PacketPeer, mine: int, gunner: PacketPeer, theirs: int) -> None:
    """Two shots, below a tank and at it; the server tells of one hit, and of what it costs."""
    tank.send(struct.pack("<BBIIH", mine, 4, 16, 0, 1))
    expect(gunner.packet_of(b"\x04"), struct.pack("<IBH", 0, mine, 1))
    tank.send(struct.pack("<BBHffeB", mine, 9, 1, 300, 200, 0, 0))
    gunner.packet_of(b"\x09")
    for y in (260, 200):
        gunner.send(struct.pack("<BBIffe", theirs, 6, 4, 240, y, 0))
        tank.packet_of(b"\x06")
    expect(tank.packet(), b"\x07" + struct.pack("<BHB", mine, 1, 10))


def mages(port: int) -> str:
    """jogo_duelo: a player who stands in a wall is put elsewhere, and stops at the walls it walks into."""
    with PacketPeer(port) as client:
        first = max(found[0] for found in places(client, 8))
        expect([place for number, *place in places(client, 200) if number == first][-1] != [100, 228], True)
        for key, along in ((1, 0), (2, 1), (0, 0), (3, 1)):
            client.send(bytes([0, key, 1]))
            there = [place for number, *place in places(client, 800) if number == first]
            client.send(bytes([0, key, 0]))
            expect(there[-1], there[-60])
            expect(8 <= there[-1][along] <= 624, True)
    return "a player walks in four directions, and walls stop it"


def places(client: PacketPeer, count: int) -> list[tuple[int, int, int]]:
    """The next places that jogo_duelo tells of: the entity's number, x, y."""
    found: list[tuple[int, int, int]] = []
    across: dict[int, int] = {}
    while len(found) < count:
        command, number, at = struct.unpack("<BIh", client.packet_of(b"\x01")[:7].ljust(7, b"\0"))
        if command == 0:
            across[number] = at
        elif command == 1:
            found.append((number, across.get(number, 0), at))
    return found


def jewels(port: int) -> str:
    """dijeweled-server: a host, a second player, a spectator, who sees one byte more."""
    with PacketPeer(port) as host, PacketPeer(port) as guest, PacketPeer(port) as watcher:
        expect([host.packet(), host.packet()], [b"\x2a", b"\x38"])
        expect(guest.packet(), b"\x2a")
        expect(host.packet(), b"\x03\x00")
        expect([watcher.packet(), watcher.packet()], [b"\x2a", b"\x3a" + text("") + text("")])
        expect(host.packet(), b"\x03\x01")
        host.send(bytes((18, 4, 5)))
        expect(guest.packet(), bytes((18, 4, 5)))
        expect(watcher.packet(), bytes((18, 0, 4, 5)))
        guest.send(struct.pack("<BH", 26, 4321))
        expect(host.packet(), struct.pack("<BH", 26, 4321))
        expect(watcher.packet(), struct.pack("<BBH", 26, 1, 4321))
    return "a version check, host and guest, moves, a spectator"


def pages(port: int) -> str:
    """gamemaker-http-server: its directory viewer, what it refuses."""
    asked = (
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n", b"200 OK"),
        ("GET /none.html HTTP/1.1\r\nHost: localhost:8080\r\n\r\n", b"404 Not Found"),
        ("GET / HTTP/1.1\r\nHost: elsewhere\r\n\r\n", b"470 Domain Not Whitelisted"),
        ("GET / HTTP/1.0\r\n\r\n", b"400 Bad Request"),
        ("PUT / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n", b"501 Not Implemented"),
    )
    for request, answer in asked:
        with Peer(port) as client:
            client.send(request.encode())
            expect(client.receive(9 + len(answer))[9:], answer)
    return "a page, none, another host's, HTTP 1.0, another method"


def later(code: str, frames: int = 5) -> str:
    """GML that runs so many frames after the game has begun."""
    return f"call_later({frames}, time_source_units_frames, function() {{ {code} }});"


MAKE = "instance_create_depth(0, 0, 0, {});"

SHOOTER_HOST = ("--map-host", "192.168.1.139=127.0.0.1")
"""The client of Online-Shooter has an address in its code."""

ASSASSIN_HOST = (
    f"{MAKE.format('objServer')} objServer.alarm[1] = -1; "
    'global.client = instance_create_depth(0, 0, 0, objClient); show_debug_message("hosted");'
)

ASSASSIN_PING = (
    "if (!instance_exists(objClient)) global.client = instance_create_depth(0, 0, 0, objClient); with (objClient) {"
    "buffer_seek(sendBuffer, buffer_seek_start, 0); buffer_write(sendBuffer, buffer_u8, 1);"
    "buffer_write(sendBuffer, buffer_u32, current_time);"
    "network_send_packet(client_socket, sendBuffer, buffer_tell(sendBuffer)); }"
)
"""The packet that its key P sends."""

PLATFORMER = (
    'global.client = -1; global.ServerName = "corpus"; global.glbGameServerIP = "127.0.0.1"; global.NetworkState = 1; '
)
"""The variables that the menu of Init_Network sets."""
PLATFORMER_HOST = (
    "instance_create_layer(0, 0, myMENU_INSTANCES, obj_Server); obj_Server.alarm[0] = -1; room_goto(Level1);"
)
"""The work of its button, without the broadcasts."""

AGES = (
    Server("benxutech/NetRPS", ("NetRPS.project.gmx",), ("--spawn", "obj_server", "--exec", "global.clientSock = -1"),
           PacketPeer, rock_paper_scissors, 2,
           Own(MAKE.format("obj_client"), 'instance_exists(obj_player) && obj_player.name == "Gerry"')),
    Server("dtmcdona/Online-Shooter.GMS", ("OnlineShooter.project.gmx",), ("--spawn", "obj_server", *SHOOTER_HOST),
           shooter, shooters, 8,
           Own(MAKE.format("obj_Player") + MAKE.format("obj_client"), "obj_client.my_client_id >= 0", False,
               second=SHOOTER_HOST)),
    Server("jilcky/KABAKABA-chat-room-Server", ("服务端.project.gmx",), (), PacketPeer, chat),
    Server("browngamedevelopers/Assassin", ("Assassin.project.gmx",),
           ("--exec", 'global.serverName = "corpus"; ' + later(ASSASSIN_HOST)), PacketPeer, assassins, 1,
           Own(ASSASSIN_PING, 'variable_instance_exists(objClient, "ping")')),
    Server("Natesky9/ZAAP-Multiplayer.gmx", ("ZAAP - Multiplayer.gmx/ZAAP - Multiplayer.project.gmx",),
           ("--exec", later('with (Engine) { ds_stack_push(menu_stack, "Server_Window"); Server_Create(); }')),
           PacketPeer, ships, 1,
           Own('with (Engine) { Client_Connect("127.0.0.1"); ds_stack_push(menu_stack, "Client_Window"); }',
               "instance_exists(Engine) && Engine.SSS >= 0", together=False)),
    Server("Yakusoku/Init_Network", ("Init_Network.yyp",), ("--exec", PLATFORMER + later(PLATFORMER_HOST)),
           PacketPeer, platformers, 8,
           Own("if (room != Level1) room_goto(Level1);", "instance_exists(obj_Client) && obj_Client.sprites > 0",
               before=PLATFORMER)),
    Server("jfox16/MultiPainter", ("MultiplayerPainter.yyp",), ("--spawn", "obj_server_client"),
           PacketPeer, painters, 4,
           Own('var s = network_create_socket(network_socket_tcp); network_connect(s, "127.0.0.1", 25653); '
               "global.server_socket = s; instance_create_depth(0, 0, 100, obj_client);",
               "global.server_socket >= 0", together=False)),
    Server("Nico15037/ghostnet", ("Ghost_and_Grow.yyp",),
           ("--exec", later("with (obj_server) net_create_server(network_socket_tcp, server_port, 4, rm_graveyard);")),
           PacketPeer, ghosts, 2,
           Own("with (obj_server) net_join(network_socket_tcp, rm_graveyard);",
               "instance_exists(obj_client) && obj_client.clientID > 0", together=False)),
    Server("NathanBitTheMoon/FurryKartRacerServer", ("FKRServer.yyp",), (), PacketPeer, racers),
    Server("ScottVMariotte/Multiplayer_Tanks", ("MultiplayerBase.yyp",), ("--spawn", "obj_server"),
           PacketPeer, tanks, 4,
           Own(MAKE.format("obj_client"), "instance_exists(obj_client) && obj_client.CLIENT_ID >= 0", together=False)),
    Server("LDinos/dijeweled-server", ("bej_temp_server.yyp",), (), PacketPeer, jewels, 1),
    Server("JaumCarvalho/jogo_duelo", ("jogo_duelo.yyp",), ("--press", "vk_enter@10", "--press", "vk_enter@20"),
           PacketPeer, mages, 3),
    Server("thennothinghappened/gamemaker-http-server", ("http_server.yyp",), (), Peer, pages),
)  # fmt: skip
"""The servers, oldest GameMaker first."""

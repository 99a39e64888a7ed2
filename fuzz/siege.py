"""`python -m fuzz.siege [--seconds N] [--seed N]`: a chat relay under hostile packets and calls of builtins.

Well-behaved clients talk all the while. Exit code 0: the process lives, each of their messages was answered, and
gmlrun has logged no fault of its own. All of it stays on the loopback.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from fuzz import builtins
from fuzz.damage import in_bytes
from fuzz.protocols import PIECES
from fuzz.readers import damaged, document
from gmlrun.net.protocols.stream import ACKNOWLEDGEMENT, HELLO, frame

CALLS = 400
SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)
"""The answer of a client to the greeting."""
LEFT_OUT = (
    *("network_", "instance_", "game_", "room_", "show_error", "exception_", "layer_", "url_", "event_", "show_"),
    *("ds_map_destroy", "time_source_", "call_", "array_create", "string_repeat", "get_", "action_", "physics_"),
)
"""Beginnings of builtins by which a program would end its own service, or print without end."""
RELAY = """
server = network_create_server(network_socket_tcp, 6510, 200);
clients = [];
turn = 0;
victim = new Thing();
event async_network {
    var type = async_load[? "type"], peer = async_load[? "socket"] ?? async_load[? "id"];
    if (type == network_type_connect) { array_push(clients, peer); exit; }
    if (type == network_type_disconnect) {
        var found = array_get_index(clients, peer);
        if (found >= 0) array_delete(clients, found, 1);
        exit;
    }
    var text = buffer_read(async_load[? "buffer"], buffer_string), message = undefined;
    try { message = json_parse(text); } catch (error) { message = undefined; }
    if (is_struct(message) && is_string(message[$ "name"]) && message[$ "call"] != true) {
        var answer = buffer_create(64, buffer_grow, 1);
        buffer_write(answer, buffer_string, json_stringify({ name: message.name, text: message[$ "text"] }));
        array_foreach(clients, method({ answer }, function(client) {
            network_send_packet(client, answer, buffer_tell(answer));
        }));
        buffer_delete(answer);
        exit;
    }
    shared = is_array(message) ? message : [message, text];
    calls[turn++ mod array_length(calls)]();
}
"""
OPTIONS = ("--bind=127.0.0.1", "--map-port=6510=0", "--no-cache", "--on-error=continue", "--event-timeout=5",
           "--headless=ignore")  # fmt: skip
HOSTILE, HONEST = 3, 4
PATIENCE = 60.0
"""Seconds that an answer may take on a loaded machine."""


def program(rng: random.Random) -> str:
    """The relay, with a function for each of many hostile calls."""
    made: list[str] = []
    while len(made) < CALLS:
        call = builtins.call(rng)
        if not call.name.startswith(LEFT_OUT) and not call.kept:
            made.append(f"function() {{ {call.text} }}")
    return builtins.HEAD + RELAY.replace("turn = 0;", f"turn = 0;\ncalls = [{', '.join(made)}];")


class Client:
    """A connection that has shaken hands."""

    def __init__(self, port: int) -> None:
        self.stream = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.kept = b""
        self.exactly(len(HELLO))
        self.stream.sendall(SIGNATURE)
        self.exactly(len(ACKNOWLEDGEMENT))

    def exactly(self, size: int) -> bytes:
        """So many bytes; raises OSError when they do not come."""
        while len(self.kept) < size:
            data = self.stream.recv(65536)
            if not data:
                raise ConnectionResetError("the server has closed the connection")
            self.kept += data
        found, self.kept = self.kept[:size], self.kept[size:]
        return found

    def packet(self) -> bytes:
        """The next packet."""
        _, header, size = struct.unpack("<3I", self.exactly(12))
        self.exactly(header - 12)
        return self.exactly(size)


class Siege:
    """Counts of what all clients have done, until `end`."""

    def __init__(self, port: int, seed: int, end: float) -> None:
        self.port, self.seed, self.end = port, seed, end
        self.hostile = self.asked = self.answered = 0
        self.failures: list[str] = []

    def attack(self, number: int) -> None:
        """One attacker: packets with damaged JSON, broken streams, and connections that end anywhere."""
        rng = random.Random(f"{self.seed}:{number}")
        while time.monotonic() < self.end:
            try:
                client = Client(self.port)
                for _ in range(rng.randrange(400)):
                    client.stream.sendall(hostile_bytes(rng))
                    self.hostile += 1
                client.stream.close()
            except OSError:
                continue

    def talk(self, number: int) -> None:
        """A well-behaved client: each of its messages comes back to it."""
        client, count = Client(self.port), 0
        while time.monotonic() < self.end:
            wanted = {"name": f"honest {number}", "text": f"message {count}"}
            self.asked += 1
            try:
                client.stream.sendall(frame(json.dumps(wanted).encode() + b"\0"))
                while parsed(client.packet()) != wanted:
                    pass
            except OSError as error:
                self.failures.append(f"client {number}, message {count}: {error}")
                return
            count += 1
            self.answered += 1
            time.sleep(0.02)


def hostile_bytes(rng: random.Random) -> bytes:
    """A packet, most of them framed as they should be."""
    text = "".join(damaged(rng, document(rng))).encode("utf-8", "surrogatepass")
    if rng.random() < 0.02:
        return rng.choice(PIECES)
    return frame(in_bytes(rng, text) if rng.random() < 0.2 else text + b"\0")


def parsed(payload: bytes) -> Any:
    """The JSON in a packet; None for what another client has spoilt."""
    try:
        return json.loads(payload.rstrip(b"\0"))
    except ValueError:
        return None


def besiege(siege: Siege) -> None:
    """Has all clients do their work until the end."""
    attackers = [threading.Thread(target=siege.attack, args=(number,), daemon=True) for number in range(HOSTILE)]
    talkers = [threading.Thread(target=siege.talk, args=(number,), daemon=True) for number in range(HONEST)]
    threads = [*talkers, *attackers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, siege.end - time.monotonic()) + PATIENCE)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzz.siege")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gmlrun-siege-") as folder:
        path, log = Path(folder, "relay.gml"), Path(folder, "log")
        path.write_text(program(random.Random(options.seed)), encoding="utf-8")
        command = [sys.executable, "-m", "gmlrun", str(path), *OPTIONS, f"--save-dir={folder}/save"]
        with log.open("w") as file:
            environment = {name: value for name, value in os.environ.items() if name != "GMLRUN_FAULTS"}
            server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=file, env=environment)
            try:
                return judged(server, log, options)
            finally:
                server.terminate()
                server.wait()


def judged(server: subprocess.Popen[bytes], log: Path, options: argparse.Namespace) -> int:
    """Besieges a server that starts, prints how it went, and returns the exit code."""
    while (found := re.search(r"listening tcp \S+:(\d+)", log.read_text())) is None:
        if server.poll() is not None:
            print(log.read_text())
            return 1
        time.sleep(0.1)
    siege = Siege(int(found[1]), options.seed, time.monotonic() + options.seconds)
    print(f"siege: seed {options.seed}, {options.seconds:g} seconds", flush=True)
    besiege(siege)
    is_alive, said = server.poll() is None, log.read_text(errors="replace")
    faults = sorted({line for line in said.splitlines() if "internal fault" in line})
    print(f"siege: {siege.hostile} hostile packets, {siege.answered} of {siege.asked} messages answered, "
          f"{'alive' if is_alive else f'ended with {server.returncode}'}, {len(faults)} faults")  # fmt: skip
    print("\n".join([*siege.failures, *faults]))
    if not is_alive:
        print(said[-3000:])
    return 0 if is_alive and not faults and siege.answered == siege.asked else 1


if __name__ == "__main__":
    sys.exit(main())

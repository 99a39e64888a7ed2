"""`gmlrun net listen`: a GameMaker server at the keyboard."""

from __future__ import annotations

from gmlrun.errors import UsageError
from gmlrun.net.backend import FAILED, NetworkError
from gmlrun.net.messages import Connected, Disconnected, Message, Received
from gmlrun.net.printable import printable
from gmlrun.workbench.commands import Commands
from gmlrun.workbench.desk import FULL, Desk, DeskOptions
from gmlrun.workbench.figures import place
from gmlrun.workbench.views import EventScreen


class NumberedServer(Desk):
    """A server whose clients are numbered from 1 on."""

    def __init__(self, port: int, wish: DeskOptions, screen: EventScreen) -> None:
        super().__init__(wish, screen)
        self.port = port
        self.number = -1
        self.clients: dict[str, tuple[int, str, int]] = {}
        """Socket, address and port by the client's number."""
        self.names: dict[tuple[int, str, int], str] = {}
        self.count = 0

    def open(self) -> None:
        """Begins to listen."""
        wish = self.wish
        try:
            self.number = self.backend.listen(wish.kind, wish.bind, self.port, wish.max_clients, wish.raw)
        except NetworkError as error:
            raise UsageError(
                f"cannot listen on port {self.port}: {error}{holder(wish.kind, self.port, error)}"
            ) from None
        port = self.backend.port_of(self.number)
        places = " ".join(place(address, port) for address in self.backend.addresses_of(self.number))
        self.complain(f"listening {wish.kind} {places}")

    @property
    def may_send(self) -> bool:
        """Whether there is a client, or somebody types who can be told that there is none."""
        if self.keyboard.is_terminal:
            return True
        if self.wish.kind == "udp":
            return bool(self.clients)
        return bool(self.clients) and all(self.queued(number) < FULL for number, _, _ in self.clients.values())

    def is_settled(self) -> bool:
        """Without lines it serves until Ctrl-C; with a pipe until the clients have gone, too."""
        return self.keyboard.is_terminal or (self.keyboard.number > 0 and (not self.clients or self.wish.kind == "udp"))

    def take(self, message: Message) -> None:
        """Shows what has happened."""
        if isinstance(message, Connected):
            self.name_of((message.socket, message.address, message.port))
        elif isinstance(message, Received):
            self.received(message)
        elif isinstance(message, Disconnected):
            name = self.names.pop((message.socket, message.address, message.port), "?")
            self.clients.pop(name, None)
            self.screen.line(f"*  client {name} has gone: {printable(message.reason)}")
            self.heard()

    def name_of(self, key: tuple[int, str, int]) -> str:
        """The number of a client; a new one is told of."""
        found = self.names.get(key)
        if found is None:
            self.count += 1
            found = self.names[key] = str(self.count)
            self.clients[found] = key
            self.screen.line(f"*  client {found} is {place(key[1], key[2])}")
        return found

    def received(self, message: Received) -> None:
        """Packets of a client."""
        self.heard()
        name = self.name_of((message.socket, message.address, message.port))
        for payload in message.packets:
            self.screen.packet(f"< {name}", payload, "text" if message.is_text else "")
            if self.wish.is_echo:
                self.send_one(name, payload)

    def send(self, payload: bytes, target: str, typed: str) -> None:
        """Sends a packet to all clients, or to one."""
        if target and target not in self.clients:
            self.fail(f"there is no client {printable(target)}; :clients tells who is there")
        elif not self.clients:
            self.fail("not sent: no client is there yet")
        for name in [target] if target in self.clients else [] if target else list(self.clients):
            self.send_one(name, payload, typed)

    def send_one(self, name: str, payload: bytes, typed: str = "") -> None:
        """Sends a packet to one client."""
        number, host, port = self.clients[name]
        if self.wish.kind == "udp":
            taken = self.backend.send_to(self.number, host, port, payload, self.wish.raw) != FAILED
        else:
            taken = self.put(number, payload)
        if taken:
            self.screen.packet(f"> {name}", payload, typed=typed)
        else:
            self.fail(f"not sent to client {name}: it takes nothing")

    def commands(self) -> Commands:
        """The commands that every tool has, and those about clients."""
        return {
            **super().commands(),
            "clients": (self.tell_clients, "who is there"),
            "drop": (self.drop, "N: disconnect a client"),
        }

    def tell_clients(self, rest: str) -> None:
        for name, (_, host, port) in self.clients.items():
            self.screen.write(f"  {name}  {place(host, port)}")
        if not self.clients:
            self.screen.write("  nobody")

    def drop(self, rest: str) -> None:
        if rest not in self.clients:
            self.fail(f"there is no client {printable(rest)}; :clients tells who is there")
            return
        key = self.clients.pop(rest)
        del self.names[key]
        if self.wish.kind != "udp":
            self.backend.close(key[0])
        self.screen.line(f"*  client {rest} was disconnected")


def holder(kind: str, port: int, error: NetworkError) -> str:
    """Who has the port that cannot be had."""
    words = str(error).lower()
    if "in use" in words:
        from gmlrun.net.port_owner import holder_of

        found = holder_of(kind, port)
        return f"; {found} has it" if found else "; another program has it"
    return "; ports below 1024 need special rights" if "permission" in words else ""

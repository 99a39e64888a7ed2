"""Sockets as GML sees them: calls by socket number go in, Async Networking events come out.

The numbers are the backend's. What a peer does never raises; a call on a socket that is not there, or
that cannot do it, gives a value below 0. Manual: Networking.
"""

from __future__ import annotations

import math
from itertools import islice

from gmlrun.engine.async_events import AsyncEvents, PendingEvent
from gmlrun.engine.backends import make_backend
from gmlrun.engine.events import NETWORKING
from gmlrun.lean import pattern
from gmlrun.net.backend import NetworkError
from gmlrun.net.messages import NEW, Connected, ConnectResult, Disconnected, Received
from gmlrun.net.printable import peer_text, printable
from gmlrun.runtime import NAP, GamePart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from gmlrun.net.backend import Backend, SocketType
    from gmlrun.net.messages import Dropped, Message
    from gmlrun.net.payload import Payload
    from gmlrun.runtime import Runtime
    from gmlrun.values.buffers import Buffer

OWN_HOSTS = ("localhost", "::1", "0.0.0.0", "::")
"""Beside 127.0.0.0/8: this machine."""
TCP, UDP, BLUETOOTH, WS, WSS = 0, 1, 2, 6, 7
SOCKET_TYPES: dict[int, SocketType] = {TCP: "tcp", UDP: "udp", WS: "ws", WSS: "wss"}
"""The backend's words for the socket types."""
CONNECT, DISCONNECT, DATA, NON_BLOCKING_CONNECT, UP, UP_FAILED, DOWN = range(1, 8)
BINARY, TEXT = 1, 2
FAILED = -1.0
CONNECTED = 0.0
"""The result of a blocking connect that has connected."""


DIGITS = pattern(r"\d+")
MOST_TOLD = 1000
"""How many different lines are logged of what peers do."""
SENDERS = 4096
"""How many senders of datagrams are remembered."""


class Socket:
    """The facts of a socket that the backend does not keep."""

    __slots__ = ("about", "is_live", "is_server", "kind", "raw", "succeeded", "waits")

    def __init__(self, kind: SocketType, raw: bool = False, is_server: bool = False, is_live: bool = False) -> None:
        self.kind = kind
        self.raw = raw
        self.is_server = is_server
        self.is_live = is_live
        """Whether something may still come from it."""
        self.waits = False
        """Whether a blocking connect waits for it, so that no event tells of the result."""
        self.succeeded = False
        """The result."""
        self.about: dict[str, tuple[str, Any]] = {}
        """The content of `async_load` for any data from its peer; empty as long as there was none."""


class Sockets(GamePart):
    """The sockets of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        if rt.backend is None:
            rt.backend = rt.make_backend() if rt.make_backend is not None else make_backend(rt)
        if rt.settings.permissions is not None:
            from gmlrun.sandbox.permitted import PermittedBackend

            rt.backend = PermittedBackend(rt.backend, rt.settings.permissions)
        self.backend: Backend = rt.backend
        """The network; real sockets unless the game was given another one."""
        self.events = rt.service(AsyncEvents)
        self.payload: Payload = self.backend.payload
        self.events.payload = self.payload
        if rt.hears_signals:
            self.backend.hear_signals()
        self.known: dict[int, Socket] = {}
        self.non_blocking = False
        """`network_config_use_non_blocking_socket`."""
        self.is_interrupted = False
        """Whether the game is to end, and its last events have not begun."""
        self.is_attached = False
        self.told: set[str] = set()
        """The lines that have been logged once."""
        self.moved: dict[int, int] = {}
        """The ports that servers took where the program asked for others."""
        self.senders: dict[tuple[int, str, int], dict[str, tuple[str, Any]]] = {}
        """The content of `async_load` for any data from a sender of datagrams."""
        rt.network = self

    def _attach(self) -> None:
        """Hears, from the first socket on, whom servers turn away, and leads connections elsewhere where asked."""
        if not self.is_attached:
            self.is_attached = True
            limits, settings = self.backend.limits, self.rt.settings
            limits.on_dropped.append(self.take_dropped)
            if settings.map_port or settings.map_host:
                limits.redirect = self.redirected

    @property
    def any_open(self) -> bool:
        """Whether something can still arrive: a server, or a socket that is or gets connected."""
        for entry in self.known.values():  # noqa: SIM110 - asked in each turn of the loop, where the first is one
            if entry.is_live:
                return True
        return False

    # ---------------------------------------------------------------- messages

    def poll(self, timeout: float | None) -> None:
        """Moves bytes both ways, waits up to `timeout` seconds, and queues the events of what came."""
        for message in self.backend.poll(timeout):
            if type(message) is Received:
                self.take_received(message)
            else:
                self.take(message)

    def wake(self) -> None:
        """Ends a `poll` that waits."""
        self.backend.wake()

    def descriptor(self) -> int:
        """The descriptor that another event loop can watch for the game's sockets; -1 where there is none."""
        return self.backend.descriptor()

    def patience(self, timeout: float | None) -> float | None:
        """How long to wait at most, in seconds, for what may be waited for up to `timeout`."""
        return self.backend.patience(timeout)

    def interrupt(self) -> None:
        """The game is to end: a function that waits for the network gives up."""
        self.is_interrupted = True
        self.wake()

    def take(self, message: Message) -> None:
        """Queues the event of a message."""
        TAKES[type(message)](self, message)

    def _post(self, type_: int, id_: int, address: str, port: int, more: Mapping[str, Any]) -> None:
        values = {"type": float(type_), "id": float(id_), "ip": address, "port": float(port), **more}
        self.events.post(NETWORKING, values)

    def take_connected(self, message: Connected) -> None:
        """A client has come."""
        server = self.known.get(message.server)
        if server is not None:
            self.known[message.socket] = entry = Socket(server.kind, server.raw, is_live=True)
            entry.succeeded = True
            more = {"socket": float(message.socket), "other_port": float(message.port)}
            self._post(CONNECT, message.server, message.address, message.port, more)

    def take_disconnected(self, message: Disconnected) -> None:
        """A client has left. As in GameMaker, the end of a connection that was made here has no event."""
        if message.server < 0:
            entry = self.known.get(message.socket)
            if entry is not None:
                entry.is_live = False
        elif self.known.pop(message.socket, None) is not None:
            more = {"socket": float(message.socket), "other_port": float(message.port)}
            self._post(DISCONNECT, message.server, message.address, message.port, more)

    def take_result(self, message: ConnectResult) -> None:
        """A connection that was begun here is there, or has failed."""
        entry = self.known.get(message.socket)
        if entry is None:
            return
        entry.is_live = entry.succeeded = message.succeeded
        if not message.succeeded:
            self.tell_once(f"cannot connect to {peer_text(message.address, message.port)}: {message.reason}")
        if entry.waits:
            entry.waits = False
        else:
            more = {"socket": float(message.socket), "succeeded": float(message.succeeded)}
            self._post(NON_BLOCKING_CONNECT, message.socket, message.address, message.port, more)

    def take_dropped(self, message: Dropped) -> None:
        """A server has turned a peer away: that is said once for each server and reason."""
        server = self.known.get(message.server)
        if server is not None:
            key = f"{message.server} {DIGITS.sub('', message.reason)}"
            self.tell_once(f"{message.address} dropped: {printable(message.reason)} (server {message.server})", key)

    def tell_once(self, line: str, key: str | None = None) -> None:
        """Logs a line, once for a key; a peer cannot fill the log with ever new ones."""
        if len(self.told) < MOST_TOLD and (key or line) not in self.told:
            self.told.add(key or line)
            self.rt.log(line)

    def take_received(self, message: Received) -> None:
        """Data, an event for each packet; its buffer lives as long as the event."""
        number, packets, _, address, port, is_text = message
        entry = self.known.get(number)
        if entry is None:
            return
        if entry.kind == "udp":
            data = self._about_sender(message, (number, address, port))
        elif entry.about:
            data = entry.about
        else:
            data = entry.about = about(message)
        if is_text:
            data = {**data, "message_type": ("message_type", float(TEXT))}
        if len(packets) > 1:
            packets.reverse()
        self.events.queue.append(NEW(PendingEvent, (NETWORKING, data, None, packets, None)))

    def _about_sender(self, message: Received, key: tuple[int, str, int]) -> dict[str, tuple[str, Any]]:
        """The content of `async_load` for a sender of datagrams, many of whom take turns at one socket."""
        found = self.senders.get(key)
        if found is None:
            if len(self.senders) >= SENDERS:
                self.senders.clear()
            found = self.senders[key] = about(message)
        return found

    # ------------------------------------------------------- opening and closing

    def listen(self, type_: int, port: int, max_clients: int, raw: bool) -> float:
        """Opens a server; below 0 when the port cannot be had."""
        self._attach()
        kind = SOCKET_TYPES.get(type_)
        wanted = self.rt.settings.map_port.get(port, port)
        if kind is None:
            return self._refuse(f"cannot listen on port {port}: socket type {type_} is not supported")
        if not 0 <= wanted <= 65535:
            return self._refuse(f"cannot listen on port {port}: there is no such port")
        address = self.rt.settings.bind
        try:
            number = self.backend.listen(kind, address, wanted, max(0, max_clients), raw)
        except NetworkError as error:
            self.rt.listening = self.rt.listening or False
            reason = f"{error}{advice(error, kind, wanted)}"
            return self._refuse(f"cannot listen on {kind} {address or '*'}:{wanted}: {reason}")
        self.known[number] = Socket(kind, raw, is_server=True, is_live=True)
        self.rt.listening = True
        self._tell_of_port(kind, number)
        self.moved[port] = self.backend.port_of(number)
        return float(number)

    def _tell_of_port(self, kind: str, number: int) -> None:
        """Says where a socket can be reached."""
        port = self.backend.port_of(number)
        places = " ".join(peer_text(address, port) for address in self.backend.addresses_of(number))
        self.rt.log(f"listening {kind} {places}")
        self.rt.on_listening()

    def redirected(self, host: str, port: int) -> tuple[str, int]:
        """Where the program's own connects and datagrams go, by --map-host and --map-port.

        A port that is mapped to any free one is, on this machine, that of the program's own server.
        """
        wanted = self.rt.settings.map_port.get(port, port)
        host = self.rt.settings.map_host.get(host.lower(), host)
        if wanted == 0:
            wanted = self.moved.get(port, port) if host in OWN_HOSTS or host.startswith("127.") else port
        return host, wanted

    def _refuse(self, reason: str) -> float:
        self.rt.log(reason)
        return FAILED

    def create(self, type_: int, port: int = 0) -> float:
        """A socket that can be connected later; one of UDP can send at once, and receive at its port."""
        self._attach()
        kind = SOCKET_TYPES.get(type_)
        if kind is None:
            return self._refuse(f"socket type {type_} is not supported")
        try:
            number = self.backend.reserve(kind, self.rt.settings.map_port.get(port, port), self.rt.settings.bind)
        except NetworkError as error:
            return self._refuse(f"cannot make a socket{f' for port {port}' if port else ''}: {error}")
        self.known[number] = Socket(kind, is_live=kind == "udp" and port != 0)
        if kind == "udp" and port:
            self._tell_of_port(kind, number)
            self.moved[port] = self.backend.port_of(number)
        return float(number)

    def connect(self, number: int, url: str, port: int, raw: bool, is_blocking: bool) -> float:
        """Connects a socket: at once (the rest of the game's sockets are read meanwhile) or by and by.

        Returns 0 when it has connected, and the socket when it will. Below 0 for a socket that is connected, or gets
        connected already.
        """
        entry = self.known.get(number)
        if entry is None or entry.is_server or not 0 <= port <= 65535:
            return FAILED
        if entry.is_live or entry.kind == "udp":
            fault = "UDP has no connections: use network_send_udp" if entry.kind == "udp" else "it is connected already"
            return self._refuse(f"cannot connect socket {number} to {url}: {fault}")
        try:
            self.backend.connect(entry.kind, url, port, raw, number)
        except NetworkError as error:
            return self._refuse(f"cannot connect to {url}: {error}")
        entry.about = {}
        entry.raw, entry.waits = raw, is_blocking and not self.non_blocking
        entry.is_live, entry.succeeded = True, False
        if not entry.waits:
            return float(number)
        self._wait_until(lambda: not entry.waits)
        entry.waits = False
        return CONNECTED if entry.succeeded else FAILED

    def _wait_until(self, is_over: Callable[[], bool]) -> None:
        """Reads the game's sockets until something is over; gives up when the game is to end.

        No event runs meanwhile, so that what peers send has to wait: here, up to the limit of a send queue.
        """
        queue, counted, size = self.events.queue, len(self.events.queue), 0
        try:
            while not (is_over() or self.is_interrupted):
                self.poll(NAP)
                size += sum(len(p) for waiting in islice(queue, counted, None) for p in waiting.payloads or ())
                counted = len(queue)
                if size > self.rt.settings.send_queue_limit:
                    self.backend.hold(True)
        finally:
            self.backend.hold(False)

    def resolve(self, name: str) -> str:
        """The address of a host name, of IPv4 if it has one, empty when it has none; sockets are read meanwhile."""
        from socket import AF_INET, SOCK_STREAM

        if self.rt.settings.permissions is not None:
            self.rt.settings.permissions.check_name(name)
        from gmlrun.net.transports.resolver import HostResolver

        answers: list[list[Any]] = []
        resolver = HostResolver(self.wake)
        resolver.look_up(name, 0, SOCK_STREAM, lambda found, reason: answers.append(found))

        def is_over() -> bool:
            resolver.deliver()
            return bool(answers)

        self._wait_until(is_over)
        found = sorted(answers[0], key=lambda entry: entry[0] != AF_INET) if answers else []
        return str(found[0][4][0]) if found else ""

    def destroy(self, number: int) -> None:
        """Closes a socket, a server with all its clients; nothing more is told of it."""
        entry = self.known.pop(number, None)
        if entry is None:
            return
        self.backend.close(number)
        if entry.kind == "udp":
            self.senders.clear()  # its number may be another socket's soon
        if entry.is_server:
            self.known = {n: other for n, other in self.known.items() if self.backend.is_open(n)}
        self.events.discard(lambda event, values: event == NETWORKING and concerns(values, float(number)))

    def close_all(self, timeout: float) -> None:
        """Sends what is queued and closes everything, at the end of the game."""
        self.known.clear()
        self.backend.close_all(timeout)

    def closing(self, timeout: float) -> Iterator[None]:
        """As `close_all`; yields as often as it wants somebody to `poll`."""
        self.known.clear()
        return self.backend.closing(timeout)

    # ----------------------------------------------------------------- sending

    def send(self, number: float, buffer: Buffer, size: float, raw: bool = False, is_text: bool = False) -> float:
        """Sends the first `size` bytes of a buffer; the bytes taken, or below 0."""
        if not size >= 0:
            return FAILED
        taken = self.backend.send(number, self.content(buffer, size), raw, is_text)
        if taken < 0:
            self.tell_unsent(number)
        return float(taken)

    def tell_unsent(self, number: float) -> None:
        """A socket that sends datagrams takes no packets, nor does a server's own."""
        entry = self.known.get(int(number)) if math.isfinite(number) else None
        if entry is not None and entry.is_server and entry.kind != "udp":
            words = 'a packet goes to one of its clients, "socket" in its connect event and "id" with its data'
            self.rt.warn_once("to server", f"socket {int(number)} is a server: nothing was sent: {words}")
        if entry is not None and entry.kind == "udp":
            words = "nothing was sent: network_send_udp tells it where to"
            self.rt.warn_once("packets", f"socket {int(number)} is of type network_socket_udp: {words}")
        if entry is not None and not (entry.is_server or entry.succeeded or entry.kind == "udp"):
            self._tell_unconnected(int(number), entry)

    def _tell_unconnected(self, number: int, entry: Socket) -> None:
        """A packet was to leave before there was a connection."""
        if entry.is_live:
            words = 'wait for its event of type network_type_non_blocking_connect with "succeeded" of 1'
            self.rt.warn_once("early", f"socket {number} is not connected yet: nothing was sent: {words}")
        else:
            words = "network_connect or network_connect_async connects it, and tells when that fails"
            self.rt.warn_once("unconnected", f"socket {number} has no connection: nothing was sent: {words}")

    def content(self, buffer: Buffer, size: float) -> bytes:
        """The first `size` bytes of a buffer: copied once, however often they are sent in a row."""
        if size > len(buffer.data):
            words = f"only the {len(buffer.data)} bytes that it has were sent"
            self.rt.warn_once("size", f"a size of {size:.0f} is beyond the buffer's end: {words}")
        return self.payload.copied(buffer.data, size)

    def send_to(self, number: int, host: str, port: int, buffer: Buffer, size: float, raw: bool) -> float:
        """Sends the first `size` bytes of a buffer as a datagram; the bytes taken, or below 0.

        From then on an answer may come.
        """
        entry = self.known.get(number)
        if entry is None or entry.kind != "udp" or not size >= 0:
            return self._no_sender(number, entry)
        redirect = self.backend.limits.redirect
        if redirect is not None and (number, host, port) not in self.senders:
            host, port = redirect(host, port)
        count = self.backend.send_to(number, host, port, self.content(buffer, size), raw)
        if count >= 0:
            entry.is_live = True
        return float(count)

    def broadcast(self, number: int, port: int, buffer: Buffer, size: int) -> float:
        """Sends the first `size` bytes of a buffer to everybody near; the bytes taken, or below 0."""
        entry = self.known.get(number)
        if entry is None or size < 0:
            return FAILED
        redirect = self.backend.limits.redirect
        if redirect is not None:
            _, port = redirect("localhost", port)
        count = self.backend.broadcast(number, port, self.content(buffer, size))
        entry.is_live = entry.is_live or (entry.kind == "udp" and count >= 0)
        return float(count)

    def _no_sender(self, number: int, entry: Socket | None) -> float:
        """No datagram can be sent from there."""
        if entry is not None and entry.kind != "udp":
            self.rt.warn_once("datagrams", f"socket {number} is not of type network_socket_udp: nothing was sent")
        return FAILED

    def set_option(self, number: int, name: str, value: Any) -> None:
        """Sets one of the backend's Options for a socket; nothing happens for one that is not there."""
        if number in self.known:
            setattr(self.backend.options(number), name, value)
            self.backend.configure(number)


def advice(error: NetworkError, kind: str, port: int) -> str:
    """Advice about a port that cannot be had."""
    words = str(error).lower()
    if "in use" in words:
        from gmlrun.net.port_owner import holder_of

        holder = holder_of(kind, port) or "another server, perhaps one that you started before,"
        return f"; {holder} has it: end that, or use --map-port FROM=TO"
    if "permission" in words:
        return "; ports below 1024 need special rights: use --map-port FROM=TO"
    return ""


def about(message: Received) -> dict[str, tuple[str, Any]]:
    """The entries of `async_load` that the events of all packets from one peer have in common."""
    port = float(message.port)
    values = {"type": float(DATA), "id": float(message.socket), "ip": message.address, "port": port, "other_port": port}
    if message.server >= 0:
        values["server"] = float(message.server)
    if message.is_text is not None:
        values["message_type"] = float(BINARY)
    return {key: (key, value) for key, value in {**values, "buffer": -1.0, "size": 0.0}.items()}


def concerns(values: Mapping[str, Any], number: float) -> bool:
    """Whether an event is about a socket: its own, its server's, or its client's."""
    return number in (values["id"], values.get("server"), values.get("socket"))


TAKES: dict[type, Callable[[Sockets, Any], None]] = {
    Connected: Sockets.take_connected,
    Disconnected: Sockets.take_disconnected,
    ConnectResult: Sockets.take_result,
    Received: Sockets.take_received,
}

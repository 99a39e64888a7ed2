"""UDP over real sockets: one system socket for each family of addresses, opened when it is needed."""

from __future__ import annotations

import contextlib
import ipaddress
import selectors
import socket
import struct
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from gmlrun.net.backend import NetworkError
from gmlrun.net.datagrams import DatagramSocket
from gmlrun.net.transports.dialing import host_of

if TYPE_CHECKING:
    from gmlrun.net.transports.selector import SelectorBackend

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
V4, V6 = socket.AF_INET, socket.AF_INET6

BUFFER = 65536
"""Bytes: longer than any datagram, so that none is cut off."""
BATCH = 64
"""How many datagrams are read in a row before others get their turn."""
EVERYWHERE = {"": V4, "0.0.0.0": V4, "::": V6}
WILDCARD: dict[int, str] = {V4: "0.0.0.0", V6: "::"}
ALL_HOSTS = "ff02::1"
"""The multicast group of everybody on a link."""
ROUTES = 4096
"""How many destinations a socket remembers."""
NAME_LIFE, FAULT_LIFE = 60.0, 5.0
"""Seconds that the address of a name is used, and that an unknown name is not looked up again."""
ECHO = 1.0
"""Seconds between the first and the last copy of a broadcast of this machine."""
ADDRESS_LIFE = 10.0
"""Seconds for which the machine's own addresses are remembered."""
HELD = 64
"""How many datagrams wait for the address of one name."""


class UdpTransport:
    """One system socket: what it cannot take at once waits in a queue."""

    __slots__ = ("expected", "owner", "queue", "queued", "system")
    opened = True
    """As a connection's: what comes from it is data."""

    def __init__(self, owner: UdpSocket, system: socket.socket) -> None:
        self.owner = owner
        self.system = system
        self.expected = 1
        """How many datagrams are read in a row: as many as there were of late, for asking once too often is dear."""
        self.queue: deque[tuple[bytes, Any]] = deque()
        self.queued = 0
        """Bytes in `queue`."""

    def serve(self, mask: int) -> None:
        """The system socket is ready for reading or writing."""
        if mask & READ:
            self._read()
        if mask & WRITE and self.queue:
            self._write()

    def _read(self) -> None:
        read, received = self.system.recvfrom, self.owner.received
        for count in range(self.expected):
            try:
                datagram, sender = read(BUFFER)
            except ConnectionError:
                continue  # an earlier datagram met a closed port; it says nothing of this socket
            except OSError:
                self.expected = max(1, count)
                return
            received(datagram, sender[0] if len(sender) == 2 else host_of(sender), sender[1])
        self.expected = min(2 * self.expected, BATCH)

    def send(self, datagram: bytes, address: Any) -> bool:
        """Sends now or, behind others, later; False when the system refuses, or too much waits."""
        if not self.queue:
            try:
                self.system.sendto(datagram, address)
                return True
            except (BlockingIOError, InterruptedError):
                pass
            except (OSError, OverflowError):
                return False
        if self.queued + len(datagram) > self.owner.board.limits.send_queue:
            self.owner.board.warnings.refuse(self.owner.number)
            return False
        self.queue.append((datagram, address))
        self.queued += len(datagram)
        self.owner.backend.selector.modify(self.system, READ | WRITE, self)
        return True

    def _write(self) -> None:
        while self.queue:
            datagram, address = self.queue[0]
            try:
                self.system.sendto(datagram, address)
            except (BlockingIOError, InterruptedError):
                return
            except OSError:
                pass  # as a datagram that the network loses
            self.queue.popleft()
            self.queued -= len(datagram)
        self.owner.backend.selector.modify(self.system, READ, self)

    def close(self) -> None:
        """Gives the port back."""
        self.owner.backend.selector.unregister(self.system)
        self.system.close()


class UdpRoute(NamedTuple):
    """How a destination is reached; without a transport it is not, for now."""

    transport: UdpTransport | None
    address: Any
    until: float | None
    """When it has to be looked for again; None for never."""


class Echoes:
    """Tells the copies of a broadcast of this machine: it leaves by each interface, and is heard by each.

    Datagrams go in; True comes out for one that is the last one again, from another address of this machine.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.last: tuple[bytes, str, int] = (b"", "", 0)
        self.own: frozenset[str] = frozenset()
        self.until = 0.0
        """When the machine's addresses are looked up again."""
        self.since = 0.0
        """When the last datagram came."""

    def hears(self, datagram: bytes, address: str, port: int) -> bool:
        """Whether a datagram is such a copy."""
        text, first, source = self.last
        now = self.now()
        if datagram == text and port == source and address != first and now - self.since < ECHO:
            if now >= self.until:
                self.own, self.until = frozenset(str(each.ip) for each in own_addresses()), now + ADDRESS_LIFE
            if first in self.own and address in self.own:
                return True
        self.last, self.since = (datagram, address, port), now
        return False


class UdpSocket(DatagramSocket):
    """A UDP socket of the system, bound to an address and port. Raises NetworkError when it cannot be."""

    __slots__ = ("address", "backend", "echoes", "held", "receivers", "routes", "transports")

    def __init__(self, backend: SelectorBackend, address: str, port: int, raw: bool, is_server: bool) -> None:
        super().__init__(backend.board, raw, is_server)
        self.backend = backend
        self.address = address
        self.port = port
        self.transports: dict[int, UdpTransport] = {}
        """By family: what datagrams are sent from, and received with."""
        self.receivers: list[UdpTransport] = []
        """The sockets that receive broadcasts, where the others do not."""
        self.routes: dict[tuple[str, int], UdpRoute] = {}
        self.held: dict[tuple[str, int], list[bytes]] = {}
        """Datagrams that wait for the address of a name."""
        self.echoes = Echoes(backend.board.now)
        own = V6 if ":" in address else V4
        self._bind(own)
        if address == WILDCARD[V6]:
            self._transport(V4)
        if not address and (is_server or port):
            self._transport(V6)
        if own == V4 and address not in EVERYWHERE:
            self._hear_broadcasts()

    def received(self, datagram: bytes, address: str, port: int) -> None:
        """Makes a message of a datagram; of a broadcast of this machine, only of what came by the first interface."""
        if not self.echoes.hears(datagram, address, port):
            super().received(datagram, address, port)

    # ------------------------------------------------------------------- binding

    def _bind(self, family: int) -> UdpTransport:
        """Opens the transport of a family; raises NetworkError with the system's reason."""
        address = self.address if EVERYWHERE.get(self.address, family) == family else WILDCARD[family]
        made = self._open(family, address)
        self.transports[family] = made
        self.port = made.system.getsockname()[1]
        return made

    def _open(self, family: int, address: str) -> UdpTransport:
        try:
            system = self.backend.make_socket(family, socket.SOCK_DGRAM)
        except OSError as error:
            raise NetworkError(error.strerror or str(error)) from None
        try:
            system.setblocking(False)
            if family == V6:
                system.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            else:
                system.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            if self.backend.limits.shares_ports and self.port:
                system.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            system.bind((address, self.port))
            made = UdpTransport(self, system)
            self.backend.selector.register(system, READ, made)
        except (OSError, OverflowError) as error:
            system.close()
            raise NetworkError(getattr(error, "strerror", None) or str(error)) from None
        return made

    def _transport(self, family: int) -> UdpTransport | None:
        """The transport of a family, opened now if it can be; a socket that has one address has one family."""
        found = self.transports.get(family)
        if found is None and self.address in EVERYWHERE:
            with contextlib.suppress(NetworkError):
                return self._bind(family)
        return found

    def _hear_broadcasts(self) -> None:
        """Listens to the broadcast address beside the own one, which alone would hear none; where the system can."""
        for target in broadcast_addresses(self.address):
            with contextlib.suppress(NetworkError):
                self.receivers.append(self._open(V4, target))

    def close(self) -> None:
        """Gives the ports back; what was to be sent is dropped."""
        for transport in (*self.transports.values(), *self.receivers):
            transport.close()
        self.transports, self.receivers, self.routes, self.held = {}, [], {}, {}

    # ------------------------------------------------------------------- sending

    def transmit(self, host: str, port: int, datagram: bytes) -> bool:
        """Sends to an address at once, to a name as soon as its address is known."""
        route = self.routes.get((host, port))
        if route is None or (route.until is not None and route.until <= self.board.now()):
            if not is_numeric(host):
                return self._hold(host, port, datagram)
            route = self._remember(host, port, look_up(host, port), None)
        return route.transport is not None and route.transport.send(datagram, route.address)

    def locate(self, host: str, port: int) -> str:
        """The address that datagrams to a host and port go to; the host itself where none is known."""
        route = self.routes.get((host, port))
        return host if route is None or route.address is None else host_of(route.address)

    def _remember(self, host: str, port: int, found: list[Any], life: float | None) -> UdpRoute:
        """The way to a destination: the first of its addresses that this socket reaches, of a family in use first."""
        if len(self.routes) >= ROUTES:
            self.routes.clear()
        now = self.board.now()
        until = None if life is None else now + life
        route = UdpRoute(None, None, now + FAULT_LIFE)
        for entry in sorted(found, key=lambda entry: entry[0] not in self.transports):
            transport = self._transport(entry[0])
            if transport is not None:
                route = UdpRoute(transport, entry[4], until)
                break
        self.routes[host, port] = route
        return route

    def _hold(self, host: str, port: int, datagram: bytes) -> bool:
        waiting = self.held.setdefault((host, port), [])
        if len(waiting) >= HELD:
            return False
        waiting.append(datagram)
        if len(waiting) == 1:
            self.backend.resolver.look_up(host, port, socket.SOCK_DGRAM, partial(self._resolved, host, port))
        return True

    def _resolved(self, host: str, port: int, found: list[Any], reason: str) -> None:
        """The addresses of a name are known: what has waited for them is sent."""
        waiting = self.held.pop((host, port), [])
        if waiting:
            route = self._remember(host, port, found, NAME_LIFE)
            if route.transport is None:
                self.backend.log(f"cannot send to {host}: {reason or 'it has no address that can be reached'}")
            for datagram in waiting:
                self.transmit(host, port, datagram)

    # -------------------------------------------------------------- broadcasting

    def spread(self, port: int, datagram: bytes) -> bool:
        """Sends to the broadcast address of every interface that this socket is on, and to all hosts of its links."""
        taken = [self.transmit(target, port, datagram) for target in broadcast_addresses(self.address)]
        if self.multicast and V6 in self.transports:
            link = self.transports[V6]
            taken += [link.send(datagram, (ALL_HOSTS, port, 0, index)) for index in link_indices()]
        return any(taken)

    def set_multicast(self, wanted: bool) -> None:
        """Joins or leaves the all-hosts group on each interface."""
        transport = self._transport(V6)
        if transport is None:
            self.backend.log("warning: multicast needs IPv6, which this socket cannot use")
            return
        super().set_multicast(wanted)
        change = socket.IPV6_JOIN_GROUP if wanted else socket.IPV6_LEAVE_GROUP
        for index in link_indices():
            with contextlib.suppress(OSError):
                membership = socket.inet_pton(V6, ALL_HOSTS) + struct.pack("@I", index)
                transport.system.setsockopt(socket.IPPROTO_IPV6, change, membership)


def look_up(host: str, port: int) -> list[Any]:
    """The address of a numeric host as the system wants it."""
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError, OverflowError):
        return []


def is_numeric(host: str) -> bool:
    """Whether a host is an IP address, which needs no look-up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def link_indices() -> list[int]:
    """The numbers of the network interfaces."""
    return [index for index, _ in socket.if_nameindex()]


def broadcast_addresses(bound: str) -> list[str]:
    """The IPv4 broadcast addresses of the interfaces that a socket bound to an address is on."""
    found = (own for own in own_addresses() if bound in EVERYWHERE or str(own.ip) == bound)
    networks = [own.network for own in found if own.network.num_addresses > 2]
    beyond = [network for network in networks if not network.is_loopback]  # the machine hears its own broadcasts there
    return sorted({str(network.broadcast_address) for network in beyond or networks})


def own_addresses() -> Iterator[ipaddress.IPv4Interface]:
    """The IPv4 addresses of this machine, with their networks."""
    import ifaddr

    for adapter in ifaddr.get_adapters():
        for address in adapter.ips:
            if isinstance(address.ip, str):
                yield ipaddress.IPv4Interface((address.ip, address.network_prefix))

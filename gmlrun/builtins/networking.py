"""Servers, clients and packets; what arrives comes as Async Networking events. Manual: Networking."""

from __future__ import annotations

from gmlrun.builtins.binding import wrong_argument
from gmlrun.builtins.buffers import live_buffer
from gmlrun.builtins.registry import ARGUMENT_TYPES, Chapter, Int, Real, String
from gmlrun.engine import sockets as socket_numbers
from gmlrun.engine.sockets import Sockets
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import Handles
from gmlrun.values.conversions import to_bool, to_int, to_real, to_string
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

chapter = Chapter("Networking")

CONSTANTS: dict[str, Value] = {
    "network_socket_tcp": float(socket_numbers.TCP),
    "network_socket_udp": float(socket_numbers.UDP),
    "network_socket_bluetooth": float(socket_numbers.BLUETOOTH),
    "network_socket_ws": float(socket_numbers.WS),
    "network_socket_wss": float(socket_numbers.WSS),
    "network_type_connect": float(socket_numbers.CONNECT),
    "network_type_disconnect": float(socket_numbers.DISCONNECT),
    "network_type_data": float(socket_numbers.DATA),
    "network_type_non_blocking_connect": float(socket_numbers.NON_BLOCKING_CONNECT),
    "network_type_up": float(socket_numbers.UP),
    "network_type_up_failed": float(socket_numbers.UP_FAILED),
    "network_type_down": float(socket_numbers.DOWN),
    "network_config_connect_timeout": 0.0,
    "network_config_use_non_blocking_socket": 1.0,
    "network_config_enable_reliable_udp": 2.0,
    "network_config_disable_reliable_udp": 3.0,
    "network_config_avoid_time_wait": 4.0,
    "network_config_websocket_protocol": 5.0,
    "network_config_enable_multicast": 6.0,
    "network_config_disable_multicast": 7.0,
    "network_config_message_size_limit": 8.0,
    "network_send_binary": float(socket_numbers.BINARY),
    "network_send_text": float(socket_numbers.TEXT),
}


# ------------------------------------------------------------ servers and sockets


@chapter
def network_create_server(sockets: Sockets, type: Int, port: Int, max_client: Int) -> float:
    """Opens a server for GameMaker clients; returns its socket, or a value below 0 when it cannot."""
    return sockets.listen(type, port, max_client, raw=False)


@chapter
def network_create_server_raw(sockets: Sockets, type: Int, port: Int, max_client: Int) -> float:
    """Opens a server for any clients, without handshake and packet headers; below 0 when it cannot."""
    return sockets.listen(type, port, max_client, raw=True)


@chapter
def network_create_socket(sockets: Sockets, type: Int) -> float:
    """Makes a client socket; below 0 for a type that is not supported."""
    return sockets.create(type)


@chapter
def network_create_socket_ext(sockets: Sockets, protocol: Int, port: Int) -> float:
    """Makes a client socket for a given port of this machine; a value below 0 when it cannot.

    A socket of type network_socket_udp receives at that port from now on.
    """
    return sockets.create(protocol, port)


@chapter
def network_destroy(sockets: Sockets, socket: Int) -> None:
    """Closes a socket; a server together with its clients."""
    sockets.destroy(socket)


# ---------------------------------------------------------------------- connecting


@chapter
def network_connect(sockets: Sockets, socket: Int, url: String, port: Int) -> float:
    """Connects to a GameMaker server and waits for it; 0, or a value below 0 when it cannot."""
    return sockets.connect(socket, url, port, raw=False, is_blocking=True)


@chapter
def network_connect_raw(sockets: Sockets, socket: Int, url: String, port: Int) -> float:
    """Connects to any server and waits for it; 0, or a value below 0 when it cannot."""
    return sockets.connect(socket, url, port, raw=True, is_blocking=True)


@chapter
def network_connect_async(sockets: Sockets, socket: Int, url: String, port: Int) -> float:
    """Begins to connect to a GameMaker server; an event of type network_type_non_blocking_connect follows."""
    return sockets.connect(socket, url, port, raw=False, is_blocking=False)


@chapter
def network_connect_raw_async(sockets: Sockets, socket: Int, url: String, port: Int) -> float:
    """Begins to connect to any server; an event of type network_type_non_blocking_connect follows."""
    return sockets.connect(socket, url, port, raw=True, is_blocking=False)


@chapter
def network_resolve(sockets: Sockets, url: String) -> str:
    """The address of a host name, of IPv4 where it has one; empty when it has none."""
    return sockets.resolve(url)


# ------------------------------------------------------------------------- sending


def network_send_packet(rt: Runtime, socket: Int, bufferid: Value, size: Int) -> float:
    """Sends the first SIZE bytes of a buffer as one packet; the bytes sent, or a value below 0."""
    return bound_send_packet(rt)(socket, bufferid, size)


def bound_send_packet(rt: Runtime) -> Callable[[Value, Value, Value], float]:
    """`network_send_packet` for one game: what a server calls for each client and packet has no wrapper."""
    sockets, convert = rt.service(Sockets), ARGUMENT_TYPES["Int"]
    kept = sockets.payload

    def network_send_packet(socket: Value, bufferid: Value, size: Value) -> float:
        buffer = bufferid if type(bufferid) is Buffer and bufferid.live else live_buffer(rt.service(Handles), bufferid)
        if type(socket) is type(size) is float:
            payload = kept.data
            if len(payload) == size and buffer.data == payload:
                taken = sockets.backend.send(socket, payload)
                if taken < 0:
                    sockets.tell_unsent(socket)
                return taken + 0.0
            return sockets.send(socket, buffer, size)
        number = wrong_argument(rt, convert, "network_send_packet", 1, socket)
        return sockets.send(number, buffer, int(wrong_argument(rt, convert, "network_send_packet", 3, size)))

    return network_send_packet


chapter.direct(network_send_packet, bound_send_packet)


@chapter
def network_send_raw(
    handles: Handles, sockets: Sockets, socket: Int, bufferid: Value, size: Int, options: Int = socket_numbers.BINARY
) -> float:
    """Sends the first SIZE bytes of a buffer as they are; the bytes sent, or a value below 0.

    OPTIONS: network_send_binary or network_send_text, for WebSockets.
    """
    return sockets.send(socket, live_buffer(handles, bufferid), size, True, options == socket_numbers.TEXT)


def network_send_udp(rt: Runtime, socket: Int, url: String, port: Int, bufferid: Value, size: Int) -> float:
    """Sends a datagram with a packet header to an address; the bytes sent with the header, or a value below 0."""
    return bound_send_udp(rt)(socket, url, port, bufferid, size)


def bound_send_udp(rt: Runtime, raw: bool = False) -> Callable[[Value, Value, Value, Value, Value], float]:
    """`network_send_udp` for one game, as `network_send_packet`."""
    sockets, name = rt.service(Sockets), "network_send_udp_raw" if raw else "network_send_udp"

    def network_send_udp(socket: Value, url: Any, port: Any, bufferid: Value, size: Any) -> float:
        buffer = bufferid if type(bufferid) is Buffer and bufferid.live else live_buffer(rt.service(Handles), bufferid)
        is_plain = type(socket) is type(size) is type(port) is float and type(url) is str
        if is_plain and 0.0 < port < 65536.0 and socket in sockets.known:
            return sockets.send_to(int(socket), url, int(port), buffer, size, raw)
        numbers = [whole(rt, name, place, value) for place, value in ((1, socket), (3, port), (5, size))]
        return sockets.send_to(numbers[0], to_string(url), numbers[1], buffer, numbers[2], raw)

    return network_send_udp


def whole(rt: Runtime, name: str, place: int, value: Value) -> int:
    """An argument as a whole number; raises a GmlError that names its position."""
    return int(wrong_argument(rt, ARGUMENT_TYPES["Int"], name, place, value))


def bound_send_udp_raw(rt: Runtime) -> Callable[[Value, Value, Value, Value, Value], float]:
    """`network_send_udp_raw` for one game."""
    return bound_send_udp(rt, raw=True)


chapter.direct(network_send_udp, bound_send_udp)


def network_send_udp_raw(rt: Runtime, socket: Int, url: String, port: Int, bufferid: Value, size: Int) -> float:
    """Sends a datagram as it is to an address; the bytes sent, or a value below 0."""
    return bound_send_udp(rt, raw=True)(socket, url, port, bufferid, size)


chapter.direct(network_send_udp_raw, bound_send_udp_raw)


@chapter
def network_send_broadcast(
    handles: Handles, sockets: Sockets, socket: Int, port: Int, bufferid: Value, size: Int
) -> float:
    """Sends a datagram with a packet header to everybody on the local networks; returns as network_send_udp."""
    return sockets.broadcast(socket, port, live_buffer(handles, bufferid), size)


# ------------------------------------------------------------------- configuration


@chapter
def network_set_config(sockets: Sockets, config_value: Int, value1: Value, value2: Value = None) -> None:
    """Changes a setting of the network or, for some, of the socket VALUE1.

    The connect timeout is in milliseconds, the message size limit in bytes. Reliable UDP is gmlrun's own.
    """
    setting = CONFIGS.get(config_value)
    if setting is None:
        raise GmlError(f"network_set_config: there is no setting {config_value}")
    setting(sockets, value1, value2)


@chapter
def network_set_timeout(sockets: Sockets, socket: Int, read_timeout: Real, write_timeout: Real) -> None:
    """Sets how long, in milliseconds, transfers of a socket may take; 0 for no end.

    When a peer has taken nothing of what waits for it for WRITE_TIMEOUT, sends to it return a value below 0 until it
    takes something. Reading never waits, so READ_TIMEOUT changes nothing.
    """
    sockets.set_option(socket, "write_timeout", max(0.0, write_timeout / 1000.0))


def connect_timeout(table: Sockets, value: Value, _: Value) -> None:
    table.backend.limits.connect_timeout = max(0.0, to_real(value) / 1000.0)


def non_blocking(table: Sockets, value: Value, _: Value) -> None:
    table.non_blocking = to_bool(value)


def websocket_protocol(table: Sockets, value: Value, _: Value) -> None:
    table.backend.limits.websocket_protocol = to_string(value)


def size_limit(table: Sockets, value: Value, limit: Value) -> None:
    """With two values the limit of one socket, with one that of all that there are."""
    numbers = list(table.known) if limit is None else [to_int(value)]
    for number in numbers:
        table.set_option(number, "message_limit", max(0, to_int(value if limit is None else limit)))


def option(name: str, wanted: bool) -> Callable[[Sockets, Value, Value], None]:
    """A setting that switches an option of one socket."""
    return lambda table, value, _: table.set_option(to_int(value), name, wanted)


CONFIGS: dict[int, Callable[[Sockets, Value, Value], None]] = {
    0: connect_timeout,
    1: non_blocking,
    2: option("reliable", True),
    3: option("reliable", False),
    4: option("avoid_time_wait", True),
    5: websocket_protocol,
    6: option("multicast", True),
    7: option("multicast", False),
    8: size_limit,
}

"""`gmlrun net`: the options of its tools go in, the workbench runs, an exit code comes out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from gmlrun.cli.loading import check_certificate
from gmlrun.errors import UsageError
from gmlrun.net.backend import SocketType

EXIT_ERROR = 1


def net_command(options: Any) -> int:
    """Runs a tool."""
    return TOOLS[options.tool](options)


def connect(options: Any) -> int:
    from gmlrun.workbench.connecting import ConnectedPeer
    from gmlrun.workbench.desk import desk_screen

    host, port = target_of(options)
    return ConnectedPeer(host, port, wish_of(options), desk_screen(options, sys.stdout)).run()


def listen(options: Any) -> int:
    from gmlrun.workbench.desk import desk_screen
    from gmlrun.workbench.listening import NumberedServer

    check_certificate(options.tls_cert, options.tls_key)
    wish = wish_of(options)._replace(
        is_echo=options.echo,
        bind=options.bind,
        max_clients=options.clients,
        certificate=options.tls_cert,
        key=options.tls_key,
    )
    if wish.kind == "wss" and options.tls_cert is None:
        raise UsageError("--wss needs a certificate: --tls-cert FILE")
    (port,) = words_of(options, 1, "PORT")
    return NumberedServer(port_of(port, 0), wish, desk_screen(options, sys.stdout)).run()


def proxy(options: Any) -> int:
    from gmlrun.workbench.desk import desk_screen
    from gmlrun.workbench.gate import Gate, run
    from gmlrun.workbench.line import ProxyConditions
    from gmlrun.workbench.proxy import ProxyPlan

    listen, target = words_of(options, 2, "PORT HOST:PORT")
    host, port = host_and_port(target, "gmlrun net proxy PORT HOST:PORT")
    check_certificate(options.tls_cert, options.tls_key)
    if options.udp and (options.tls_cert or options.tls):
        raise UsageError("TLS is for streams: leave out --udp, or --tls-cert and --tls")
    conditions = ProxyConditions(**{name: getattr(options, name) for name in ProxyConditions._fields})
    plan = ProxyPlan(host, port, options.bind, port_of(listen, 0), options.udp, options.raw, conditions, options.seed)
    plan = plan._replace(**secrets_of(options))
    return run(plan, Gate(desk_screen(options, sys.stdout), options.quiet, options.pause, options.edit))


def secrets_of(options: Any) -> dict[str, Any]:
    """The TLS that a proxy speaks with clients and with the server."""
    if not (options.tls_cert or options.tls):
        return {}
    import ssl

    from gmlrun.net.backend import NetworkLimits
    from gmlrun.net.protocols.tls import server_context

    limits = NetworkLimits(tls_certificate=options.tls_cert, tls_key=options.tls_key)
    return {
        "inside": server_context(limits) if options.tls_cert else None,
        "outside": ssl.create_default_context() if options.tls else None,
    }


def decode(options: Any) -> int:
    from gmlrun.workbench.captures import decode
    from gmlrun.workbench.desk import desk_screen

    (path,) = words_of(options, 1, "FILE")
    return decode(path, desk_screen(options, sys.stdout), options.port, options.summary)


def bots(options: Any) -> int:
    from gmlrun.workbench.bots import bots
    from gmlrun.workbench.swarm import Order

    number, path = words_of(options, 2, "N FILE")
    if not number.isdecimal() or not 1 <= int(number) <= 100_000:
        raise UsageError(f"expected a number of bots, not {number}")
    count, port = int(number), port_of(str(options.port), 0)
    times = (options.seconds, min(options.ramp, options.seconds))
    order = Order(path, 0, count, count, *times, options.host, port, options.seed, options.yes)
    return bots(order, options.jobs, options.each, sys.stdout)


def bot_functions(path: str) -> frozenset[str]:
    """The functions that a program of bots has beside GameMaker's; none for one that is not called so."""
    name = os.path.basename(path)
    if not name.endswith(".gml") or "bot" not in name.removesuffix(".gml").split("_"):
        return frozenset()
    from gmlrun.workbench.swarm import NAMES

    return NAMES


def flood(options: Any) -> int:
    from gmlrun.workbench.flood import FloodOptions, flood

    host, port = target_of(options)
    times = (options.seconds, options.rate)
    wish = FloodOptions(host, port, kind_of(options), options.raw, b"", options.connections, *times)
    return flood(wish, options.packet, options.yes, sys.stdout)


# ------------------------------------------------------------------------- words


def wish_of(options: Any) -> Any:
    """The options that connect and listen share."""
    from gmlrun.workbench.desk import DeskOptions

    kind = kind_of(options)
    if options.text and not (options.raw and kind in ("ws", "wss")):
        raise UsageError("--text needs --raw and --ws: only WebSockets without GameMaker's headers have text")
    return DeskOptions(kind, options.raw, options.text, options.wait, timeout=getattr(options, "timeout", 4.0))


def kind_of(options: Any) -> SocketType:
    """The type of socket that the switches say; raises UsageError for more than one."""
    names: tuple[SocketType, ...] = ("udp", "ws", "wss")
    given = [name for name in names if getattr(options, name, False)]
    if len(given) > 1:
        raise UsageError(f"--{given[0]} and --{given[1]} exclude each other")
    return given[0] if given else "tcp"


def words_of(options: Any, count: int, usage: str) -> list[str]:
    """The words of a tool; raises UsageError for too few or too many."""
    words: list[str] = options.words
    if len(words) != count:
        raise UsageError(f"expected gmlrun net {options.tool} {usage}")
    return words


def target_of(options: Any) -> tuple[str, int]:
    """HOST PORT, HOST:PORT, or the URL of a WebSocket."""
    words: list[str] = options.words
    if len(words) == 1 and "://" in words[0]:
        scheme = words[0].partition("://")[0].lower()
        if scheme not in ("ws", "wss"):
            raise UsageError(f"expected ws:// or wss://, not {words[0]}")
        options.ws, options.wss = scheme == "ws", scheme == "wss"
        return words[0], 0
    if len(words) == 1:
        return host_and_port(words[0], f"gmlrun net {options.tool} HOST PORT")
    host, port = words_of(options, 2, "HOST PORT")
    return host.removeprefix("[").removesuffix("]"), port_of(port)


def host_and_port(text: str, usage: str) -> tuple[str, int]:
    """`HOST:PORT`, with brackets around an address of IPv6; raises UsageError."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or (":" in host and not host.startswith("[")):
        raise UsageError(f"expected {usage}, not {text}")
    return host.removeprefix("[").removesuffix("]"), port_of(port)


def port_of(text: str, least: int = 1) -> int:
    """A port; raises UsageError."""
    if not text.isdecimal() or not least <= int(text) <= 65535:
        raise UsageError(f"expected a port of {least} to 65535, not {text}")
    return int(text)


TOOLS: dict[str, Callable[[Any], int]] = {
    "connect": connect,
    "listen": listen,
    "proxy": proxy,
    "decode": decode,
    "bots": bots,
    "flood": flood,
}

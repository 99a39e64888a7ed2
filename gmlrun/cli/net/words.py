"""The words and switches of a tool: options go in; a socket type, hosts and ports come out, or a UsageError."""

from __future__ import annotations

from gmlrun.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions
    from gmlrun.net.backend import SocketType


def kind_of(options: CommandOptions) -> SocketType:
    """The type of socket that the switches say; raises UsageError for more than one."""
    names: tuple[SocketType, ...] = ("udp", "ws", "wss")
    given = [name for name in names if getattr(options, name, False)]
    if len(given) > 1:
        raise UsageError(f"--{given[0]} and --{given[1]} exclude each other")
    return given[0] if given else "tcp"


def words_of(options: CommandOptions, count: int, usage: str) -> list[str]:
    """The words of a tool; raises UsageError for too few or too many."""
    words: list[str] = options.words
    if len(words) != count:
        raise UsageError(f"expected gmlrun net {options.tool} {usage}")
    return words


def target_of(options: CommandOptions) -> tuple[str, int]:
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

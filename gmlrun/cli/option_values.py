"""Converts what is written behind an option; each raises ValueError for what the option does not take."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.engine.input_script import InputAction


def port_pair(text: str) -> tuple[int, int]:
    """`FROM=TO` as two ports."""
    before, _, after = text.partition("=")
    ports = (int(before), int(after)) if before.isdecimal() and after.isdecimal() else (-1, -1)
    if not all(0 <= port < 65536 for port in ports):
        raise ValueError("expected two ports, as in 6510=7000")
    return ports


def port(text: str) -> int:
    """A port."""
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number < 65536:
        raise ValueError("expected a port, as in 5678")
    return number


def host_pair(text: str) -> tuple[str, str]:
    """`FROM=TO` as two hosts, the first in lower case."""
    before, _, after = text.partition("=")
    if not before or not after:
        raise ValueError("expected two hosts, as in example.org=127.0.0.1")
    return before.lower(), after


def name_and_value(text: str) -> tuple[str, str]:
    """`NAME=VALUE`."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise ValueError("expected a name and its value, as in os_type=os_windows")
    return name, value


def whole_number(text: str) -> int:
    """A number of at least 0."""
    if not text.isdecimal():
        raise ValueError("expected a whole number of at least 0")
    return int(text)


def at_least_one(text: str) -> int:
    """A number of at least 1."""
    if not text.isdecimal() or int(text) == 0:
        raise ValueError("expected a whole number of at least 1")
    return int(text)


def origin(text: str) -> str:
    """The scheme, host and port of a web page, as browsers send them."""
    scheme, separator, host = text.partition("://")
    if (text != "null" and not (separator and scheme and host)) or "/" in host or text != text.lower():
        raise ValueError("expected a scheme and a host in lower case, without a path, as in https://example.org")
    return text


def address(text: str) -> tuple[str, int]:
    """A port of this machine, or an address and a port: `9100`, `0.0.0.0:9100`, `[::1]:9100`."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]") if host.startswith("[") else host
    if not port.isdecimal() or int(port) > 65535 or (colon and not host) or (":" in host and "[" not in text):
        raise ValueError("expected a port, or an address and a port, as in 9100 or 0.0.0.0:9100")
    return host or "127.0.0.1", int(port)


def folder(text: str) -> str:
    """A folder that exists."""
    if not os.path.isdir(text):
        raise ValueError("expected a folder that is there")
    return text


def hosts(text: str) -> list[str] | bool:
    """Hosts, each with or without a port; True for all of them."""
    from gmlrun.sandbox.permissions import parts_of

    found = text.split(",") if text else []
    for entry in found:
        parts_of(entry)
    return found or True


def ports(text: str) -> list[int] | bool:
    """Ports; True for all of them."""
    found = text.split(",") if text else []
    if not all(entry.isdecimal() and int(entry) < 65536 for entry in found):
        raise ValueError("expected ports, as in 6510,6511")
    return [int(entry) for entry in found] or True


def folders(text: str) -> list[str] | bool:
    """Folders that exist; True for those of the game."""
    return [folder(entry) for entry in text.split(",")] if text else True


def names(text: str) -> list[str] | bool:
    """Names of variables; True for all of them."""
    return text.split(",") if text else True


def seed(text: str) -> int:
    """Any whole number."""
    if not text.removeprefix("-").isdecimal():
        raise ValueError("expected a whole number")
    return int(text)


def rate(text: str) -> float:
    """A number above 0."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value < 1e6:
        raise ValueError("expected a number above 0")
    return value


def seconds(text: str) -> float:
    """A time of at least 0."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value < 1e6:
        raise ValueError("expected a number of seconds, or 0 for no limit")
    return value


def bad_line(text: str) -> dict[str, float]:
    """`latency=80,loss=0.1`: what a line does to what it carries."""
    found: dict[str, float] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        most = LINE_FAULTS.get(name, -1.0)
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if not 0.0 <= number <= most:
            known = f"{name} from 0 to {most:.0f}" if name in LINE_FAULTS else f"some of {', '.join(LINE_FAULTS)}"
            raise ValueError(f"expected {known}, as in latency=80,loss=0.1")
        found[name] = number
    return found


LINE_FAULTS = {
    **dict.fromkeys(("latency", "jitter"), 60_000.0),
    **dict.fromkeys(("loss", "duplicate", "reorder", "split", "corrupt"), 1.0),
    "throttle": 1e9,
}
"""The faults that a line can have, each with its largest number."""


def trace_target(text: str) -> str | None:
    """The file of `--trace-net=FILE.pcapng`; None for `--trace-net` alone."""
    if text and not text.endswith(".pcapng"):
        raise ValueError("expected a file that ends in .pcapng")
    return text or None


def press(text: str) -> InputAction:
    """`--press KEY[@FRAME]`."""
    from gmlrun.engine import input_script

    return input_script.press(text)


def typing(text: str) -> InputAction:
    """`--type TEXT[@FRAME]`."""
    from gmlrun.engine import input_script

    return input_script.typing(text)


def click(text: str) -> InputAction:
    """`--click OBJECT|X,Y[@FRAME]`."""
    from gmlrun.engine import input_script

    return input_script.click(text)

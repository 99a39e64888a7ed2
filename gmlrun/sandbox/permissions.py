"""The permissions of a program: what it wants to reach goes in; nothing comes out, or an error that names the option.

Each permission is True (all that GameMaker has), False (nothing), or a list of what is allowed and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from gmlrun.errors import NotPermitted

BROADCAST = "255.255.255.255"
"""The host that stands for everybody near."""


class Permissions(NamedTuple):
    """The permissions of one game; without arguments GameMaker's own."""

    net: bool | Sequence[str] = True
    """Connections, datagrams and look-ups of names: `HOST` or `HOST:PORT` as the program writes the host."""
    listen: bool | Sequence[int] = True
    """Servers and UDP sockets with a port of their own: ports."""
    http: bool | Sequence[str] | None = None
    """HTTP requests, their redirects too: `HOST` or `HOST:PORT`; None for what `net` allows."""
    read: bool | Sequence[str | os.PathLike[str]] = True
    """Reading files: folders, of which all is readable."""
    write: bool = True
    """Writing, renaming and deleting files of the save area."""
    env: bool | Sequence[str] = True
    """The process's environment: names of variables."""
    extensions: bool = True
    """Functions of installed extensions; what a host binds by name is always there."""

    @classmethod
    def sandbox(
        cls,
        *,
        net: bool | Sequence[str] = False,
        listen: bool | Sequence[int] = False,
        http: bool | Sequence[str] | None = None,
        read: bool | Sequence[str | os.PathLike[str]] = False,
        write: bool = False,
        env: bool | Sequence[str] = False,
    ) -> Permissions:
        """Computing only, and what is named."""
        return cls(net, listen, http, read, write, env, extensions=False)

    # ------------------------------------------------------------------- network

    def check_any_net(self, what: str) -> None:
        """Raises NotPermitted where there is no network for a program at all."""
        if self.net is False:
            refuse(what, "net", "--allow-net")

    def check_connect(self, host: str, port: int, what: str = "connecting to") -> None:
        """Raises NotPermitted for a host and port that the program may not speak to."""
        if not is_listed(self.net, host, port):
            place = place_text(host, port)
            refuse(f"{what} {place}", "net", f"--allow-net={place}")

    def check_name(self, host: str) -> None:
        """Raises NotPermitted for a name that the program may not look up."""
        if not is_host_listed(self.net, host):
            refuse(f"looking up {host}", "net", f"--allow-net={host}")

    def check_listen(self, port: int) -> None:
        """Raises NotPermitted for a port that the program may not have."""
        if self.listen is False or (self.listen is not True and port not in self.listen):
            refuse(f"listening on port {port}", "listen", f"--allow-listen={port}")

    def check_http(self, host: str, port: int) -> None:
        """Raises NotPermitted for a server that the program may not ask."""
        if not is_listed(self.net if self.http is None else self.http, host, port):
            place = place_text(host, port)
            refuse(f"an HTTP request to {place}", "http", f"--allow-http={place}")

    # --------------------------------------------------------------------- files

    def check_read(self, path: str) -> None:
        """Raises NotPermitted where nothing may be read."""
        if self.read is False:
            refuse(f"reading {path}", "read", "--allow-read")

    def check_write(self, path: str) -> None:
        """Raises NotPermitted where nothing may be written."""
        if not self.write:
            refuse(f"writing {path}", "write", "--allow-write")

    def folders(self) -> list[Path] | None:
        """The folders that may be read; None for those of the game."""
        return None if isinstance(self.read, bool) else [Path(folder).resolve() for folder in self.read]

    # --------------------------------------------------------------- environment

    def check_env(self, name: str) -> None:
        """Raises NotPermitted for a variable of the environment that the program may not read."""
        if self.env is False or (self.env is not True and name not in self.env):
            refuse(f"reading the environment's {name}", "env", f"--allow-env={name}")


def refuse(what: str, permission: str, option: str) -> NoReturn:
    """Raises the error of everything that is not permitted."""
    raise NotPermitted(f"{what} is not permitted: it needs the permission {permission} ({option})")


def place_text(host: str, port: int) -> str:
    """A host and port as the options have them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_listed(allowed: bool | Sequence[str], host: str, port: int) -> bool:
    """Whether a host and port are among those allowed; a host without a port has all of them."""
    if isinstance(allowed, bool):
        return allowed
    return any(name == plain(host) and wanted in (None, port) for name, wanted in map(parts_of, allowed))


def is_host_listed(allowed: bool | Sequence[str], host: str) -> bool:
    """Whether a host is among those allowed, for whatever port."""
    if isinstance(allowed, bool):
        return allowed
    return any(name == plain(host) for name, _ in map(parts_of, allowed))


def plain(host: str) -> str:
    """A host as it is compared: in lower case, without brackets and the dot of the root."""
    return host.strip("[]").lower().removesuffix(".")


def parts_of(entry: str) -> tuple[str, int | None]:
    """`HOST`, `HOST:PORT`, `[ADDRESS]` or `[ADDRESS]:PORT` as two; raises ValueError for what is none."""
    host, colon, port = entry.rpartition(":")
    if not colon or entry.endswith("]") or (entry.count(":") > 1 and not host.endswith("]")):
        host, port = entry, ""
    elif not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("expected hosts, each with a port if you want, as in example.org:443")
    if not plain(host) or any(char.isspace() or char in "/@" for char in host):
        raise ValueError("expected hosts, each with a port if you want, as in example.org:443")
    return plain(host), int(port) if port else None

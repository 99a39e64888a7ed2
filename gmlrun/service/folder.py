"""Where running servers can be found: the user's runtime folder, with a Unix socket for each process."""

from __future__ import annotations

import contextlib
import os
import stat

from gmlrun.errors import UsageError

ENDING = ".sock"
LONGEST = 90
"""Bytes of a path that every system takes for a Unix socket."""


def runtime_folder() -> str:
    """The folder of the user's control sockets: below `$XDG_RUNTIME_DIR`, or else below /tmp."""
    base = os.environ.get("XDG_RUNTIME_DIR")
    return os.path.join(base, "gmlrun") if base else f"/tmp/gmlrun-{os.getuid()}"


def own_folder() -> str:
    """The runtime folder, made where it is missing; raises UsageError for one that others could write to."""
    folder = runtime_folder()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.lstat(folder)
    except OSError as error:
        raise UsageError(f"cannot make the folder {folder} of control sockets: {error.strerror}") from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        words = "is not a folder of your own that only you can write to: remove it"
        raise UsageError(f"{folder} (of control sockets) {words}")
    return folder


def socket_of(process: int) -> str:
    """The control socket of a process, unless its user has named another one."""
    return os.path.join(runtime_folder(), f"{process}{ENDING}")


def known_sockets() -> list[str]:
    """The control sockets in the runtime folder, those of servers that have died included; oldest process first."""
    folder = runtime_folder()
    try:
        names = [name for name in os.listdir(folder) if name.endswith(ENDING)]
    except OSError:
        return []
    return [os.path.join(folder, name) for name in sorted(names, key=lambda name: (len(name), name))]


def process_of(path: str) -> int | None:
    """The process whose control socket has that path; None where the name does not tell."""
    name = os.path.basename(path).removesuffix(ENDING)
    return int(name) if name.isdecimal() else None


def forget(path: str) -> None:
    """Removes a socket that nobody listens on."""
    with contextlib.suppress(OSError):
        os.unlink(path)


def owner_of(path: str) -> str:
    """The name of the user to whom a file belongs, or the number where there is no name."""
    import pwd

    user = os.lstat(path).st_uid
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)

"""Functions that packages and hosts add to programs of the command line: their names go in, bound functions come out.

An installed package names a `gmlrun.Host` in the entry-point group `gmlrun.extensions`. It is looked for only when a
program has a name that nobody knows: any other program starts as if there were none.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from gmlrun.build.built import NAME_MISSING
from gmlrun.builtins import binding
from gmlrun.diagnostics import Diagnostic
from gmlrun.embedding.functions import Host, HostFunction, HostLibrary, HostTable
from gmlrun.embedding.values import Bridge
from gmlrun.engine.extensions import Extensions
from gmlrun.errors import GmlError, UsageError
from gmlrun.game import Game
from gmlrun.suggestions import did_you_mean
from gmlrun.values.containers import Handles

GROUP = "gmlrun.extensions"


def installed(is_allowed: bool = True) -> Host:
    """The names of all installed extensions; raises UsageError for one that cannot be loaded."""
    found = Host()
    if not is_allowed:
        return found
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP):
        try:
            host = entry.load()
        except Exception as error:
            raise UsageError(f"the extension {entry.name} cannot be loaded: {type(error).__name__}: {error}") from error
        if not isinstance(host, Host):
            raise UsageError(f"the extension {entry.name} ({entry.value}) is no gmlrun.Host")
        found.functions |= host.functions
        found.constants |= host.constants
    return found


def load_with_installed(make: Callable[..., Game], findings: Iterable[Diagnostic], is_allowed: bool) -> Game | None:
    """The game that `make` loads (by the `table` and `library` of Game.load) with installed extensions; None without.

    Raises as `make` does.
    """
    host = installed(is_allowed)
    if not names_missing(findings, host):
        return None
    library = HostLibrary(host, refuse_to_wait)
    game = make(table=HostTable(host), library=library)
    library.bridge = bridge_of(game)
    return game


def names_missing(findings: Iterable[Diagnostic], host: Host) -> Set[str]:
    """The names of a host that a program has not found."""
    words = {word for found in findings if found.code in NAME_MISSING for word in found.message.split()}
    return host.names & words


def refuse_to_wait(coroutine: Any, callback: object) -> None:
    """A coroutine as an extension, which only a host with an asyncio loop can run."""
    coroutine.close()
    raise GmlError(f"{coroutine.__name__} is a coroutine: it runs only in a host that uses run_async")


def bridge_of(game: Game) -> Bridge:
    """Make the bridge that turns values of a game of the command line into Python's and back."""
    rt = game.rt

    def call(function: object, args: Iterable[object]) -> object:
        return bridge.to_python(rt.call(function, rt.globals, rt.globals, *map(bridge.to_gml, args)))

    bridge = Bridge(rt.service(Handles), call)
    return bridge


# ----------------------------------------------------------- a project's extensions


def bind_named(game: Game, pairs: Iterable[tuple[str, str]]) -> None:
    """Binds what `--extension NAME=MODULE` names."""
    bind(game, {name: module_of(module) for name, module in pairs}, bridge_of(game), refuse_to_wait)


def bind(game: Game, bindings: Mapping[str, object], bridge: Bridge, start: Callable[[object, object], None]) -> None:
    """Gives the functions of a project's extensions code of Python: that of the same name in a module or an object.

    The others stay what they are, known and absent. Raises UsageError for an extension that the project has not.
    """
    for name, source in bindings.items():
        functions = functions_of(game, name)
        host = Host()
        for function in functions:
            found = getattr(source, function, None)
            if callable(found):
                host.functions[function] = HostFunction(function, found)
        library = HostLibrary(host, start)
        library.bridge = bridge
        for function in host.functions:
            game.rt.natives[function] = binding.callback(library.builtin(function), game.rt)
        game.rt.service(Extensions).bound[name] = source


def functions_of(game: Game, name: str) -> Sequence[str]:
    """The functions of an extension that are not GML."""
    known = game.loaded.extensions
    if name not in known:
        hint = did_you_mean(name, known) or ", ".join(known) or "it has none"
        raise UsageError(f"the project has no extension {name}: {hint}")
    return known[name]


def module_of(text: str) -> object:
    """The module that an option names, by its name (looked for in the working folder too) or by its file."""
    if text.endswith(".py"):
        return module_at(Path(text))
    sys.path.insert(0, "")
    try:
        return importlib.import_module(text)
    except ImportError as error:
        raise UsageError(f"--extension: the module {text} cannot be imported: {error}") from error
    finally:
        sys.path.remove("")


def module_at(path: Path) -> object:
    """The module in a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise UsageError(f"--extension: there is no file {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

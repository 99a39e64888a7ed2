"""Running a program again whenever its files change: the options of `run` go in, an exit code comes out.

`rerun` starts a new process each time, so that nothing of the last run is left; `reload` puts the new
functions and events into the game that runs, whose instances and connections live on.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from gmlrun.cli.loading import load_game
from gmlrun.cli.messages import Messages
from gmlrun.cli.serving import run_served
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.game import Game
from gmlrun.net.threads import REFUSED, begin_thread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

PAUSE = 0.2
"""Seconds between two looks at the files."""
ENDINGS = (".gml", ".yy", ".yyp", ".gmx")
"""How the names of the files end that a folder's program is made of."""

State = dict[str, int]


def state_of(paths: Sequence[str]) -> State:
    """When each file of a program was changed, in nanoseconds."""
    found = {}
    for path in sources(paths):
        try:
            found[path] = os.stat(path).st_mtime_ns
        except OSError:
            continue
    return found


def sources(paths: Sequence[str]) -> Iterator[str]:
    """The files that paths on the command line stand for: themselves, or all of a project's folder."""
    for path in paths:
        folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
        if folder != path and not path.lower().endswith((".yyp", ".gmx")):
            yield path
            continue
        for inner, _, names in os.walk(folder):
            yield from (os.path.join(inner, name) for name in names if name.endswith(ENDINGS))


def changed_file(before: State, after: State) -> str:
    """The name of a file that is new, gone or different; empty when none is."""
    pairs = sorted(before.items() ^ after.items())
    return os.path.basename(pairs[0][0]) if pairs else ""


def wait_for_change(paths: Sequence[str], before: State, stop: threading.Event) -> str:
    """Sleeps until a file is no longer as it was; returns its name, or nothing once `stop` is set."""
    while not stop.wait(PAUSE):
        name = changed_file(before, state_of(paths))
        if name:
            return name
    return ""


# ----------------------------------------------------------------------- rerun


def rerun(options: CommandOptions, arguments: list[str]) -> int:
    """Runs the program in a process of its own, ends that when a file changes, and starts the next one."""
    messages, stop = Messages(options.color), threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    while True:
        before = state_of(options.paths)
        process = started(messages)
        try:
            name = wait_for_change(options.paths, before, stop)
        finally:
            if process is not None:
                process.terminate()
                process.wait()
        if not name:
            return 0
        messages.fault(f"{name} has changed: starting again")


def started(messages: Messages) -> subprocess.Popen[bytes] | None:
    """The program in a process of its own; None, and a word of it, where the system starts none."""
    try:
        return subprocess.Popen([sys.executable, "-m", "gmlrun", *without_watch(sys.argv[1:])])
    except OSError as error:
        messages.fault(f"the program cannot be started ({error.strerror}): the next change of a file tries it again")
        return None


def without_watch(words: Sequence[str]) -> list[str]:
    """A command line without the option `--watch`; what follows `--` stays."""
    at = words.index("--") if "--" in words else len(words)
    return [word for word in words[:at] if word.partition("=")[0] != "--watch"] + list(words[at:])


# ---------------------------------------------------------------------- reload


def reload_on_hangup(options: CommandOptions, arguments: list[str]) -> int:
    """Runs the program once and takes its files again at each SIGHUP."""
    game = load_game(options, arguments)
    return run_served(game, options, reload_of(game, Messages(options.color)))


def reload_of(game: Game, messages: Messages) -> Callable[[], None]:
    """Return a function that reloads a game, as SIGHUP asks for."""
    return lambda: game.call_soon(lambda: replace_code(game, "SIGHUP came: the program", messages))


def reload(options: CommandOptions, arguments: list[str]) -> int:
    """Runs the program once and puts what changes in its files into the running game."""
    before = state_of(options.paths)
    game, stop = load_game(options, arguments), threading.Event()
    if begin_thread(watch, game, options, before, stop) is None:
        Messages(options.color).fault(f"warning: the files are not watched: {REFUSED}")
    try:
        return run_served(game, options, reload_of(game, Messages(options.color)))
    finally:
        stop.set()


def watch(game: Game, options: CommandOptions, before: State, stop: threading.Event) -> None:
    """Reloads the game's program after each change."""
    messages = Messages(options.color)
    while name := wait_for_change(options.paths, before, stop):
        before = state_of(options.paths)
        game.call_soon(lambda name=name: replace_code(game, name, messages))  # type: ignore[misc]


def replace_code(game: Game, name: str, messages: Messages) -> None:
    """Reloads, or says why the old code stays."""
    try:
        game.reload()
    except SourceErrors as errors:
        for found in errors.errors:
            messages.diagnostic(found)
        messages.fault(f"{name} has errors: the game goes on with its old code")
    except UsageError as error:
        messages.fault(f"{error}: the game goes on with its old code")
    else:
        messages.fault(f"{name} has changed: its functions and events are replaced")


MODES: dict[str, Callable[[Any, list[str]], int]] = {"rerun": rerun, "reload": reload}

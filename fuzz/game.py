"""A game for each input: GML goes in, and what is no error of GML's comes out as an exception."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from gmlrun.engine.loop import Loop
from gmlrun.engine.world import World
from gmlrun.errors import GameEnd, UsageError
from gmlrun.evaluation import evaluate
from gmlrun.execution.boundary import message_of
from gmlrun.execution.faults import Faults
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime, Settings


@contextmanager
def runtime(arguments: Sequence[str] = (), files: Mapping[str, bytes] | None = None) -> Iterator[Runtime]:
    """A game's Runtime with a save area of its own, which has these files, and with no network."""
    folder = Path(tempfile.mkdtemp(prefix="gmlrun-fuzz-"))
    try:
        (folder / "save").mkdir()
        for name, data in (files or {}).items():
            (folder / "save" / name).write_bytes(data)
        settings = Settings(arguments=arguments, program_dir=folder, save_dir=folder / "save", headless="ignore")
        yield Runtime(settings, output=lambda line: None, log=lambda line: None, backend=MemoryBackend())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_code(code: str, arguments: Sequence[str] = (), files: Mapping[str, bytes] | None = None) -> list[str]:
    """Runs a piece of GML and three frames; returns the messages of the errors that nothing caught."""
    messages: list[str] = []
    with runtime(arguments, files) as rt:
        outcome = evaluate(code, rt, lambda report: messages.append(report.message))
        rt.service(World).dispatch.on_error = lambda error: messages.append(
            message_of(rt.service(Faults).settled(error))
        )
        if outcome.exit_code == 0:
            for _ in range(3):
                rt.service(Loop).frame()
    return messages


def frames(game: Game) -> None:
    """Starts a loaded game, and runs three frames; raises what neither GML nor a wrong project explains."""
    loop = game.prepare_loop()
    try:
        game.start()
        for _ in range(3):
            loop.frame()
    except (GameEnd, UsageError):
        return
    except Exception as error:
        game.settled(error)

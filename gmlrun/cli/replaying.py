"""`gmlrun run --record` and `gmlrun replay`: a run is kept in a file, a file runs again, an exit code comes out."""

from __future__ import annotations

import atexit
import os
import tempfile
import time

from gmlrun.cache import Cache
from gmlrun.cli.messages import Messages
from gmlrun.errors import UsageError
from gmlrun.runtime import Settings, write_stderr, write_stdout
from gmlrun.testing.replay import Recording, read, replay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

FAILED = 1


def begin_recording(options: CommandOptions, settings: Settings) -> tuple[Settings, Recording]:
    """Opens the recording of a run; gives the settings that the game is made with."""
    if settings.permissions is not None or settings.front is not None:
        raise UsageError("--record does not go with --net, --sandbox and other permissions")
    options.no_control = True  # what comes that way is not recorded
    recording = Recording(options.record, [os.fspath(path) for path in options.paths], settings, options.seed)
    atexit.register(recording.close)
    return settings._replace(front=recording.front), recording


def replay_file(path: str) -> int:
    """Runs a recording, and says whether all was as recorded."""
    messages, recorded = Messages(), read(path, Cache())
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="gmlrun-replay-") as save_dir:
        _, outcome = replay(recorded, save_dir, write_stdout, write_stderr)
    took = time.perf_counter() - begun
    for report in outcome.reports:
        messages.report(report)
    if outcome.difference:
        messages.fault(f"replay: the first difference is {outcome.difference}")
        return FAILED
    messages.fault(f"replay: {outcome.sends} sends as recorded; {outcome.seconds:.2f} s in {took:.2f} s")
    return outcome.exit_code

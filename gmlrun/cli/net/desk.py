"""The common options of `gmlrun net connect` and `listen`: those of a command line go in, those of a desk come out."""

from __future__ import annotations

from gmlrun.cli.net.words import kind_of
from gmlrun.errors import UsageError
from gmlrun.workbench.desk import DeskOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def desk_options(options: CommandOptions) -> DeskOptions:
    """The options of the desk; raises UsageError for `--text` where there is no text."""
    kind = kind_of(options)
    if options.text and not (options.raw and kind in ("ws", "wss")):
        raise UsageError("--text needs --raw and --ws: only WebSockets without GameMaker's headers have text")
    return DeskOptions(kind, options.raw, options.text, options.wait, timeout=getattr(options, "timeout", 4.0))

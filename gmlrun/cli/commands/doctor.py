"""The command `doctor`: a project goes in, how to start its server is printed."""

from __future__ import annotations

from gmlrun.doctor.diagnosis import diagnose
from gmlrun.doctor.report import report
from gmlrun.runtime import write_stdout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


FAILED = 1


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Prints the report; returns 1 where no way to start a server works."""
    found = diagnose(options.path, options.config)
    write_stdout(report(found).rstrip("\n"))
    return 0 if found.works else FAILED

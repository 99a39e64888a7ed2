"""`gmlrun test`: its options go in, the report is printed, an exit code comes out."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence

from gmlrun.cache import Cache
from gmlrun.cli.messages import paint_for
from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.testing import report
from gmlrun.testing.discover import find_files, libraries_of
from gmlrun.testing.pool import processors
from gmlrun.testing.suite import Suite, Wish, collect
from gmlrun.testing.suite import run as run_suite

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

FAILED = 1


def wish_of(options: CommandOptions) -> Wish:
    """The options of `test` as the suite takes them."""
    seed = int(time.time()) % 1_000_000 if options.seed is None and options.shuffle else options.seed or 0
    return Wish(
        paths=options.paths,
        filter=options.filter,
        fail_fast=options.fail_fast,
        jobs=options.jobs or processors(),
        timeout=options.timeout,
        seed=seed,
        shuffle=options.shuffle,
        is_real=options.real_network,
        room=options.room,
    )


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Runs tests, once or after each change of a file."""
    if options.watch:
        from gmlrun.cli.watch import rerun

        options.paths = watched(options.paths)
        return rerun(options, [])
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    if not options.coverage:
        return run_once(options, wish_of(options))
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="gmlrun-coverage-") as folder:
        return run_covered(options, folder)


def run_covered(options: CommandOptions, folder: str) -> int:
    """Runs tests once and reports which lines have run."""
    from gmlrun.testing import covering

    covering.recorder(folder)  # says at once where coverage.py is not there
    code = run_once(options, wish_of(options)._replace(coverage=folder))
    if options.list:
        return code
    text = covering.report(folder, options.coverage)
    if text:
        print(text)
    return code


def watched(paths: Sequence[str]) -> list[str]:
    """The folders and files whose changes matter to the tests: theirs, and what their `with` lines name."""
    found = [path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths or ["."]]
    for path in find_files(paths):
        if path.endswith(".gml"):
            found += libraries_of(path)
    return list(dict.fromkeys(found))


def run_once(options: CommandOptions, wish: Wish) -> int:
    """Runs tests once."""
    start = time.perf_counter()
    suite = collect(wish, None if options.no_cache else Cache(loads_many=True))
    if options.list:
        return list_cases(suite)
    if wish.coverage:
        from gmlrun.testing.covering import write_known

        write_known(wish.coverage, [job.prepared.built for job in suite.jobs])
    paint = paint_for(options.color, sys.stdout)
    lines = report.Lines(sys.stdout, paint, sys.stdout.isatty() or options.verbose)
    if not options.tap:
        for broken in suite.broken:
            print_error(report.broken_text(broken, paint_for(options.color, sys.stderr)))
    results = run_suite(suite, wish, (lambda result: None) if options.tap else lines.result)
    seconds = time.perf_counter() - start
    if options.junit:
        write(options.junit, report.junit(results, suite.broken, seconds))
    if options.tap:
        sys.stdout.write(report.tap(results, suite.broken))
    else:
        lines.end(results, suite.broken, seconds, wish.seed)
    failed = suite.broken or any(result.status == "failed" for result in results)
    return FAILED if failed else 0


def list_cases(suite: Suite) -> int:
    """Prints the tests and where they are, and runs none."""
    for broken in suite.broken:
        print_error(report.broken_text(broken))
    for case in suite.cases:
        mark = f" ({case.mark}{f': {case.reason}' if case.reason else ''})" if case.mark else ""
        print(f"{case.file}:{case.line}: {case.name}{mark}")
    return FAILED if suite.broken else 0


def write(path: str, text: str) -> None:
    """Writes a report; raises UsageError where that cannot be done."""
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None

"""`gmlrun net bots`: many games of one program in few processes; what they counted comes out as a table."""

from __future__ import annotations

import multiprocessing
import os
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple, TextIO

from gmlrun.diagnostics import print_error
from gmlrun.errors import GmlrunError, UsageError
from gmlrun.net.printable import printable
from gmlrun.net.transports.descriptors import shortage
from gmlrun.workbench.figures import percent, spread, table
from gmlrun.workbench.swarm import Order, Tally, run_order

EACH = 4
"""Descriptors that one bot takes with one connection."""
GRACE = 20.0
"""Seconds beyond its time after which a process is given up."""


class BotProcess(NamedTuple):
    """A process and its end of the pipe."""

    process: Any
    pipe: Any


def bots(order: Order, jobs: int, has_rows: bool, stream: TextIO) -> int:
    """Runs bots and prints what they did; returns the exit code. Raises SourceErrors and UsageError."""
    if not os.path.exists(order.path):
        raise UsageError(f"there is no file {order.path}")
    jobs = max(1, min(jobs or os.cpu_count() or 1, order.size))
    missing = shortage(-(-order.size // jobs) * EACH)
    if missing:
        raise UsageError(missing)
    shares = [order.size // jobs + (1 if at < order.size % jobs else 0) for at in range(jobs)]
    orders = [order._replace(first=sum(shares[:at]), size=share) for at, share in enumerate(shares)]
    tallies = run_order(orders[0]) if jobs == 1 else run_processes(orders)
    for line in table(rows_of(tallies, has_rows)):
        stream.write(line.rstrip() + "\n")
    stream.flush()
    return tell_faults(tallies, order)


def run_processes(orders: Sequence[Order]) -> list[Tally]:
    """Runs each order in a process of its own. Raises what the first of them raises."""
    context = multiprocessing.get_context()
    running = []
    for order in orders:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(theirs, order), daemon=True)
        try:
            process.start()
        except OSError as error:
            raise UsageError(f"the system starts no process for the bots: {error.strerror}") from None
        theirs.close()
        running.append(BotProcess(process, ours))
    found: list[Tally] = []
    fault: Exception | None = None
    for job, order in zip(running, orders, strict=True):
        result = result_of(job, order)
        if isinstance(result, Exception):
            fault = fault or result
        else:
            found += result
    if fault is not None:
        raise fault
    return found


def result_of(job: BotProcess, order: Order) -> Any:
    """The result of a process; one that died or hangs is told of, and has none."""
    left = order.seconds + order.ramp + GRACE
    while True:
        try:
            result = job.pipe.recv() if job.pipe.poll(left) else None
        except KeyboardInterrupt:
            left = GRACE  # the processes have had it as well, and tell what they have
            continue
        except (EOFError, OSError):
            result = None
        if result is None:
            job.process.kill()
            print_error(f"gmlrun: a process with {order.size} bots has died, or hangs: they are not counted")
            return []
        job.process.join(GRACE)
        return result


def work(pipe: Any, order: Order) -> None:
    """Run an order in its own process, and send the result."""
    try:
        pipe.send(run_order(order))
    except GmlrunError as error:
        pipe.send(error)


HEADINGS = ["bot", "connected", "failed", "sent", "received", "round trips", "p50", "p99", "longest", "lost", ""]


def rows_of(tallies: Sequence[Tally], has_rows: bool) -> list[list[str]]:
    """The table: a row for each bot, if wished, and one for all."""
    rows = [HEADINGS]
    trips = [trips_of(tally) for tally in tallies]
    if has_rows:
        rows += [row(str(tally.number), [tally], times) for tally, times in zip(tallies, trips, strict=True)]
    return [*rows, row(f"all {len(tallies)}", tallies, [time for times in trips for time in times])]


def row(name: str, tallies: Sequence[Tally], trips: list[float]) -> list[str]:
    """One row."""
    counts = [sum(getattr(t, field) for t in tallies) for field in ("connected", "failed", "sent", "received")]
    lost = sum(tally.lost for tally in tallies)
    figures = [f"{count:,}" for count in (*counts, len(trips))]
    return [name, *figures, *spread(trips), f"{lost:,}", percent(lost, lost + len(trips))]


def trips_of(tally: Tally) -> list[float]:
    """The round trips of a bot."""
    times = array("d")
    times.frombytes(tally.trips)
    return list(times)


def tell_faults(tallies: Sequence[Tally], order: Order) -> int:
    """Says what went wrong, the same only once; the exit code is 1 where no bot connected, or one failed."""
    errors = Counter(tally.error for tally in tallies if tally.error)
    for error, count in errors.most_common(5):
        print_error(f"gmlrun: {count} of {len(tallies)} bots: {printable(error)}")
    ended = sum(tally.disconnected for tally in tallies)
    if ended:
        print_error(f"gmlrun: {ended} connections were ended by the server")
    has_traffic = any(tally.connected or tally.received for tally in tallies)
    if not has_traffic:
        print_error("gmlrun: no bot has reached a server: does the program connect, and does the server run?")
    return 1 if errors or not has_traffic else 0

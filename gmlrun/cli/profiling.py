"""`gmlrun run --profile`: a game that runs is looked at each millisecond, the hot functions and lines come out."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import FrameType
from typing import NamedTuple, TextIO

from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.game import Game

PERIOD = 0.001
"""Seconds of the processor's time between two looks; many systems make it 0.004."""
SHOWN = 10
"""How many functions and lines are printed."""


class Spot(NamedTuple):
    """A place in the program: a function, the file and the line at which it begins, and a line in it."""

    function: str
    file: str
    first: int
    line: int


Stack = tuple[Spot, ...]


class Profile:
    """How often the program was where, innermost first; an empty stack is work of gmlrun itself."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts
        self.stacks: Counter[Stack] = Counter()
        self.seconds = 0.0
        """The processor's time that the program has taken."""

    def take(self, number: int, frame: FrameType | None) -> None:
        """Looks where the program is: a signal handler."""
        self.stacks[tuple(self._spots(frame))] += 1

    def _spots(self, frame: FrameType | None) -> Iterator[Spot]:
        while frame is not None:
            code = frame.f_code
            if code.co_filename in self.texts and code.co_name != "<module>":
                yield Spot(code.co_name, code.co_filename, code.co_firstlineno, frame.f_lineno)
            frame = frame.f_back

    def watch(self, action: Callable[[], int]) -> int:
        """Does something, and looks meanwhile; raises UsageError where the system has no such clock."""
        if not hasattr(signal, "setitimer"):
            raise UsageError("--profile does not work on this system")
        before, start = signal.signal(signal.SIGPROF, self.take), time.process_time()
        signal.setitimer(signal.ITIMER_PROF, PERIOD, PERIOD)
        try:
            return action()
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            self.seconds = time.process_time() - start
            signal.signal(signal.SIGPROF, before)

    # --------------------------------------------------------------- reporting

    def functions(self) -> list[tuple[Spot, int, int]]:
        """Functions with the looks at which they were the innermost, and at which they were there at all."""
        own: Counter[Spot] = Counter()
        whole: Counter[Spot] = Counter()
        for stack, count in self.stacks.items():
            heads = [spot._replace(line=spot.first) for spot in stack]
            own.update({heads[0]: count} if heads else {})
            for head in set(heads):
                whole[head] += count
        return sorted(((spot, own[spot], count) for spot, count in whole.items()), key=lambda row: (-row[1], -row[2]))

    def lines(self) -> list[tuple[Spot, int]]:
        """Lines with the looks at which they were the innermost."""
        found: Counter[Spot] = Counter()
        for stack, count in self.stacks.items():
            if stack:
                found[stack[0]] += count
        return found.most_common()

    def text(self) -> str:
        """The report for people."""
        total = sum(self.stacks.values())
        if not total:
            return "profile: the program took too little of the processor's time to be seen"
        outside = sum(count for stack, count in self.stacks.items() if not stack)
        rows = [
            f"profile: {self.seconds:.2f} s of the processor's time, {outside / total:.0%} of it outside of GML",
            "",
            "  own   all  function",
        ]
        for spot, own, whole in self.functions()[:SHOWN]:
            rows.append(f"{own / total:5.0%} {whole / total:5.0%}  {spot.function} ({spot.file}:{spot.first})")
        rows += ["", "  own  line"]
        for spot, count in self.lines()[:SHOWN]:
            rows.append(f"{count / total:5.0%}  {spot.file}:{spot.line}: {self._line(spot)}")
        return "\n".join(rows)

    def _line(self, spot: Spot) -> str:
        lines = self.texts[spot.file].splitlines()
        return lines[spot.line - 1].strip() if spot.line <= len(lines) else ""

    def write(self, file: TextIO) -> None:
        """Writes folded stacks, which tools that draw flame graphs read: outermost first, `;` between, then a count."""
        folded: Counter[str] = Counter()
        for stack, count in self.stacks.items():
            names = [f"{spot.function} ({spot.file}:{spot.first})".replace(";", ",") for spot in reversed(stack)]
            folded[";".join(names) or "(gmlrun)"] += count
        file.writelines(f"{names} {count}\n" for names, count in sorted(folded.items()))


def profiled(game: Game, action: Callable[[], int], target: str) -> int:
    """Runs a game under the profiler; the report goes to standard error, the stacks into a file if one is named."""
    file = open_target(target) if target else None
    profile = Profile(game.texts)
    try:
        return profile.watch(action)
    finally:
        print_error(profile.text())
        if file is not None:
            keep(profile, file)


def keep(profile: Profile, file: TextIO) -> None:
    """Writes the stacks; a full disk changes nothing of how the game has ended."""
    try:
        with file:
            profile.write(file)
    except OSError as error:
        print_error(f"gmlrun: warning: the profile {file.name} cannot be written: {error.strerror}")


def open_target(path: str) -> TextIO:
    """The file for stacks; raises UsageError at the start where it cannot be written."""
    try:
        return open(path, "w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write the profile {path}: {error.strerror}") from None

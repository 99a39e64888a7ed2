"""The ways that code can go from line to line: code objects go in, pairs of lines come out.

A way into a function begins at the negative number of its first line, a way out of it ends there. Errors are no ways.
"""

from __future__ import annotations

import dis
from collections.abc import Iterable, Iterator
from types import CodeType
from typing import NamedTuple

Arc = tuple[int, int]
NOTHING = {"RESUME", "MAKE_CELL", "COPY_FREE_VARS", "RETURN_GENERATOR", "CACHE", "EXTENDED_ARG", "PUSH_NULL"}
"""Instructions of the head of a function, or that do nothing."""
ENDS = {"RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE"}
RETURNS = {"RETURN_VALUE", "RETURN_CONST"}
ALWAYS = {"JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT", "JUMP_ABSOLUTE"}
JUMPS = {dis.opname[code] for code in (*dis.hasjrel, *dis.hasjabs)}


class Ways(NamedTuple):
    """The lines of a file that can run, the ways between them, and the lines that are no branches."""

    lines: set[int]
    arcs: set[Arc]
    heads: set[int]
    """Lines that look like branches: those of a `try`, on which the work of its handlers is."""

    @classmethod
    def none(cls) -> Ways:
        """No ways at all."""
        return cls(set(), set(), set())

    def add(self, other: Ways) -> None:
        """Adds the ways of another piece of code."""
        self.lines.update(other.lines)
        self.arcs.update(other.arcs)
        self.heads.update(other.heads)


def ways_in(codes: Iterable[CodeType]) -> Ways:
    """The ways in functions, and in the functions in them."""
    found = Ways.none()
    for code in codes:
        steps = Steps(code)
        found.add(ways_in(value for value in code.co_consts if isinstance(value, CodeType)))
        found.add(Ways(set(steps.lines()), set(steps.arcs()), steps.heads()))
    return found


class Steps:
    """The instructions of one function, and which may follow each."""

    def __init__(self, code: CodeType) -> None:
        self.door = -code.co_firstlineno
        self.steps = list(dis.get_instructions(code))
        self.places = {step.offset: place for place, step in enumerate(self.steps)}

    def arcs(self) -> Iterator[Arc]:
        """The ways from line to line."""
        yield from ((self.door, line) for line in self.reached([0]))
        usual = self.usual()
        heads = self.heads()
        for place, step in enumerate(self.steps):
            line = self.line(place)
            if line is None or (line in heads and place not in usual):
                continue
            if step.opname in RETURNS:
                yield line, self.door
            yield from ((line, other) for other in self.reached(self.followers(place)) if other != line)

    def lines(self) -> Iterator[int]:
        """The lines on which something is done."""
        return (line for place in range(len(self.steps)) if (line := self.line(place)) is not None)

    def heads(self) -> set[int]:
        """The lines that have work of their own and of a handler of errors."""
        usual = self.usual()
        lines = [(place in usual, self.line(place)) for place in range(len(self.steps))]
        return {line for is_usual, line in lines if line and is_usual} & {
            line for is_usual, line in lines if line and not is_usual
        }

    def usual(self) -> set[int]:
        """The instructions that run where there are no errors."""
        seen: set[int] = set()
        waiting = [0]
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                waiting += self.followers(place)
        return seen

    def line(self, place: int) -> int | None:
        """The line of an instruction; None for one that is no work of the program."""
        step = self.steps[place]
        return None if step.opname in NOTHING or step.positions is None else step.positions.lineno

    def followers(self, place: int) -> Iterator[int]:
        """The instructions that may come after one."""
        step = self.steps[place]
        if step.opname in JUMPS and step.argval in self.places:
            yield self.places[step.argval]
        if step.opname not in ENDS and step.opname not in ALWAYS and place + 1 < len(self.steps):
            yield place + 1

    def reached(self, places: Iterable[int]) -> set[int]:
        """The lines at which code is next, from these instructions on."""
        found: set[int] = set()
        seen: set[int] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place in seen:
                continue
            seen.add(place)
            line = self.line(place)
            if line is None:
                waiting += self.followers(place)
            else:
                found.add(line)
        return found

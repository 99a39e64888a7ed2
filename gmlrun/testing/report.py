"""The reports of a run of tests for people and tools: results go in, lines, TAP and JUnit's XML come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from gmlrun.diagnostics import Paint, excerpt, format_diagnostic, plain
from gmlrun.testing.results import Result
from gmlrun.testing.runner import Broken

WORDS = {"passed": "ok", "failed": "FAILED", "skipped": "skipped", "todo": "todo"}
STYLES = {"passed": "hint", "failed": "error", "skipped": "faint", "todo": "warning"}


def failure_text(result: Result, paint: Paint = plain) -> str:
    """A failed test: its name, where it failed and why, how it came there, what it printed."""
    place = result.place
    head = f"{result.case.title}"
    where = f"{place.file}:{place.line}:{place.column}" if place else f"{result.case.file}:{result.case.line}"
    lines = [paint("strong", head), f"{where}: {paint('error', result.message)}"]
    if place is not None:
        lines.append(excerpt(place, paint=paint))
    if len(result.stack) > 1:
        lines += [f"    called by {frame.function} ({frame.file}:{frame.line})" for frame in result.stack[1:8]]
    if result.output:
        lines += [paint("faint", "  output:"), *(f"  | {line}" for line in result.output)]
    return "\n".join(line for line in lines if line)


def broken_text(broken: Broken, paint: Paint = plain) -> str:
    """A file that cannot be tested, with all that is wrong with it."""
    if broken.message:
        return f"{broken.path}: {paint('error', broken.message)}"
    return "\n".join(format_diagnostic(found, paint) for found in broken.diagnostics)


def summary(results: Sequence[Result], broken: Sequence[Broken], seconds: float) -> str:
    """The last line: how many of what, and how long it took."""
    counts = Counter(result.status for result in results)
    parts = [f"{counts[status]} {status}" for status in ("failed", "passed", "skipped", "todo") if counts[status]]
    if broken:
        parts.insert(0, f"{len(broken)} file{'s' if len(broken) > 1 else ''} with errors")
    return f"{', '.join(parts) or 'no tests ran'} in {seconds:.2f} s"


class Lines:
    """The report for people: on a terminal a line for each test, in a pipe only what went wrong."""

    def __init__(self, stream: TextIO, paint: Paint, is_live: bool) -> None:
        self.stream = stream
        self.paint = paint
        self.is_live = is_live

    def write(self, text: str) -> None:
        """Writes a line as the stream's encoding can hold it."""
        encoding = self.stream.encoding or "utf-8"
        self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")

    def result(self, result: Result) -> None:
        """Tells of one test, as soon as it has run."""
        if self.is_live:
            word = self.paint(STYLES[result.status], WORDS[result.status])
            reason = f": {result.message}" if result.status == "skipped" and result.message else ""
            self.write(f"{result.case.title} … {word} ({result.seconds * 1000:.0f} ms){reason}")
            self.stream.flush()

    def end(self, results: Sequence[Result], broken: Sequence[Broken], seconds: float, seed: int) -> None:
        """Tells of what has failed, then the summary."""
        failed = [result for result in results if result.status == "failed"]
        for result in failed:
            self.write(f"\n{failure_text(result, self.paint)}")
        if failed or broken:
            self.write("")
        self.write(summary(results, broken, seconds) + (f" (--seed {seed} runs the same again)" if failed else ""))
        self.stream.flush()


def tap(results: Sequence[Result], broken: Sequence[Broken]) -> str:
    """The Test Anything Protocol, version 14."""
    lines = ["TAP version 14", f"1..{len(results) + len(broken)}"]
    for number, result in enumerate(results, 1):
        directive = {"skipped": f" # SKIP {result.message}", "todo": f" # TODO {result.case.reason}"}.get(
            result.status, ""
        )
        state = "not ok" if result.status in ("failed", "todo") else "ok"
        title = result.case.title.replace("#", "\\#")
        lines.append(f"{state} {number} - {title}{directive.rstrip()}")
        if result.status == "failed":
            lines += ["  ---", *(f"  # {line}" for line in failure_text(result).splitlines()), "  ..."]
    for number, one in enumerate(broken, len(results) + 1):
        lines.append(f"not ok {number} - {one.path}")
        lines += [f"  # {line}" for line in broken_text(one).splitlines()]
    return "\n".join(lines) + "\n"


def junit(results: Sequence[Result], broken: Sequence[Broken], seconds: float) -> str:
    """JUnit's XML, as the schema of Jenkins has it (`junit-10.xsd`): a suite for each file."""
    files = {result.case.file: [one for one in results if one.case.file == result.case.file] for result in results}
    failures = sum(result.status == "failed" for result in results)
    total = f'tests="{len(results) + len(broken)}" failures="{failures}" errors="{len(broken)}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="gmlrun" {total} time="{seconds:.3f}">']
    for file, found in files.items():
        lines += suite_lines(file, found)
    for one in broken:
        lines.append(f'  <testsuite name={quoteattr(one.path)} tests="1" failures="0" errors="1">')
        lines.append(f"    <testcase name={quoteattr(one.path)} classname={quoteattr(one.path)}>")
        lines.append(f"      <error>{text(broken_text(one))}</error>\n    </testcase>\n  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def suite_lines(file: str, results: Sequence[Result]) -> list[str]:
    """The tests of one file as an element of JUnit's XML."""
    counts = Counter(result.status for result in results)
    skipped, seconds = counts["skipped"] + counts["todo"], sum(result.seconds for result in results)
    names = f"name={quoteattr(file)} file={quoteattr(file)}"
    numbers = f'tests="{len(results)}" failures="{counts["failed"]}" errors="0" skipped="{skipped}"'
    cases = [line for result in results for line in case_lines(result)]
    return [f'  <testsuite {names} {numbers} time="{seconds:.3f}">', *cases, "  </testsuite>"]


def case_lines(result: Result) -> list[str]:
    """One test as an element of JUnit's XML."""
    case = result.case
    names = f"name={quoteattr(case.name)} classname={quoteattr(case.file)}"
    lines = [f'    <testcase {names} time="{result.seconds:.3f}">']
    if result.status == "failed":
        message = quoteattr(clean(result.message))
        lines.append(f'      <failure type="failure" message={message}>{text(failure_text(result))}</failure>')
    elif result.status in ("skipped", "todo"):
        lines.append(f"      <skipped message={quoteattr(clean(case.reason or result.message))}/>")
    if result.output:
        lines.append("      <system-out>" + text("\n".join(result.output)) + "</system-out>")
    return [*lines, "    </testcase>"]


def text(value: str) -> str:
    return clean(value).translate(ENTITIES)


def quoteattr(value: str) -> str:
    """A text as an attribute's value, with its quotation marks."""
    return f'"{value.translate(ENTITIES | IN_ATTRIBUTES)}"'


ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def clean(value: str) -> str:
    """A text without the characters that XML cannot hold."""
    return "".join(
        c if c in "\t\n\r" or " " <= c <= "\ud7ff" or (c >= "\ue000" and c not in "\ufffe\uffff") else "�"
        for c in value
    )

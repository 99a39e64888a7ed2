"""The results of a run go in, as the test project reports them; the table of suites and the failures come out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

OUTCOMES = ("passed", "failed", "expired", "skipped", "bailed")
WIDTH = 200


def report(results: Iterable[dict[str, Any]]) -> str:
    """A line for each suite, one for the sum, and then each test that failed with its assertions."""
    results = list(results)
    suites: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        suites[result["suite"]][outcome(result)] += 1
    lines = [row("suite", dict(zip(OUTCOMES, OUTCOMES, strict=True)))]
    lines += [row(name, counts) for name, counts in suites.items()]
    lines += [row("all", sum(suites.values(), Counter())), ""]
    return "\n".join([*lines, *(line for result in results for line in failure(result))])


def outcome(result: dict[str, Any]) -> str:
    """How a test ended, in lower case."""
    return str(result["details"]["result"]).lower()


def row(name: str, cells: Any) -> str:
    """A line of the table."""
    return f"{name:44}" + "".join(f"{cells.get(each, 0):>9}" for each in OUTCOMES)


def failure(result: dict[str, Any]) -> Iterator[str]:
    """A test that did not pass: its name, then each assertion that failed and each exception."""
    details = result["details"]
    if outcome(result) not in ("failed", "expired"):
        return
    yield f"{result['suite']}: {details['name']}: {outcome(result)}"
    for error in details.get("errors", ()):
        yield f"    {error.get('title')}: {error.get('description')}"
        yield f"        expected {str(error.get('expected'))[:WIDTH]}, got {str(error.get('actual'))[:WIDTH]}"
        if "params" in error:
            yield f"        with {str(error['params'])[:WIDTH]}"
    for exception in details.get("exceptions", ()):
        yield f"    {exception.get('message', exception) if isinstance(exception, dict) else exception}"

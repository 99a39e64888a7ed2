"""What a program is told of the machine, and how `--set` changes it."""

from __future__ import annotations

import pytest

from gmlrun.builtins.machine import ANSWERS, CALLS, answers_of
from gmlrun.errors import UsageError
from gmlrun.evaluation import evaluate
from gmlrun.runtime import Runtime, Settings


def value_of(code: str, *pairs: tuple[str, str]) -> object:
    """What an expression gives in a game that is told these answers."""
    return evaluate(code, Runtime(Settings(answers=answers_of(pairs), config="Release"))).value


def test_each_answer_can_be_set() -> None:
    for name, answer in ANSWERS.items():
        call = f"{name}()" if name in CALLS else name
        text = {float: "7", bool: "1", str: "seven"}[answer.kind]
        assert value_of(call, (name, text)) == {float: 7.0, bool: True, str: "seven"}[answer.kind]


def test_constants_and_truth_are_named() -> None:
    assert value_of("os_type == os_windows", ("os_type", "os_windows")) is True
    assert value_of("os_browser == browser_chrome", ("os_browser", "browser_chrome")) is True
    assert value_of("code_is_compiled()", ("code_is_compiled", "true")) is True
    assert value_of("GM_is_sandboxed", ("GM_is_sandboxed", "false")) is False


def test_the_configuration_is_the_one_that_was_chosen() -> None:
    assert value_of("os_get_config()") == "Release"


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("os_tpye", "1"), "--set has no os_tpye: did you mean os_type"),
        (("os_type", "amiga"), "--set os_type=amiga: expected a number or one of"),
        (("GM_is_sandboxed", "perhaps"), "expected a number or one of true, false"),
    ],
)
def test_what_cannot_be_set(pair: tuple[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        answers_of([pair])

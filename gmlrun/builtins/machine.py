"""Facts of the machine and of the program's build: a table of answers, which `--set` changes.

Manual: OS_And_Compiler.
"""

from __future__ import annotations

import sys

from gmlrun.builtins.os_and_compiler import CONSTANTS as OS_CONSTANTS
from gmlrun.builtins.registry import Chapter
from gmlrun.engine.environment import Environment
from gmlrun.errors import UsageError
from gmlrun.lean import NamedTuple
from gmlrun.runtime import Runtime
from gmlrun.suggestions import did_you_mean
from gmlrun.values.model import Value
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

chapter = Chapter("OS_And_Compiler")

SYSTEMS = {"win32": "os_windows", "darwin": "os_macosx", "linux": "os_linux"}


class Answer(NamedTuple):
    """The answer of a name where `--set` says nothing else, and its meaning."""

    value: Callable[[Runtime], Value]
    kind: type
    description: str


def locale_parts(environment: Environment) -> tuple[str, str]:
    """The language and the region of the user, such as `en` and `GB`; `en` where the environment is not to be read."""
    found = environment.first("LC_ALL", "LC_MESSAGES", "LANG")
    language, _, region = found.partition(".")[0].partition("_")
    return ("en", "") if language in ("", "C", "POSIX") else (language, region)


def system(rt: Runtime) -> float:
    """The constant of the system that runs this process."""
    found: float = OS_CONSTANTS[SYSTEMS.get(sys.platform, "os_unknown")]
    return found


GLOBALS = {
    "os_type": Answer(system, float, "The operating system, one of the `os_…` constants."),
    "os_browser": Answer(lambda rt: -1.0, float, "The browser that the game runs in: none, browser_not_a_browser."),
    "os_device": Answer(lambda rt: -1.0, float, "The kind of phone or tablet: none, device_ios_unknown."),
    "os_version": Answer(lambda rt: 0.0, float, "The version of the operating system, which is not told: 0."),
    "GM_build_type": Answer(lambda rt: "exe", str, "How the program was built: `exe`, not `run` from the IDE."),
    "GM_is_sandboxed": Answer(lambda rt: True, bool, "Whether files are kept in the program's own folders: they are."),
    "GM_runtime_type": Answer(lambda rt: "gms2", str, "The family of the runtime that gmlrun follows."),
    "GM_runtime_version": Answer(lambda rt: "2024.13.0.0", str, "The version of the runtime that gmlrun follows."),
    "GM_version": Answer(lambda rt: "1.0.0.0", str, "The version of the program."),
}
CALLS = {
    "code_is_compiled": Answer(lambda rt: False, bool, "Whether the program was compiled to native code: it was not."),
    "os_get_config": Answer(lambda rt: rt.settings.config, str, "The name of the project's configuration."),
    "os_get_language": Answer(
        lambda rt: locale_parts(rt.service(Environment))[0], str, "The user's language as two letters, such as `en`."
    ),
    "os_get_region": Answer(
        lambda rt: locale_parts(rt.service(Environment))[1], str, "The user's region as two letters, such as `GB`."
    ),
}
ELSEWHERE = {"debug_mode": Answer(lambda rt: False, bool, "Whether the game runs in a debugger.")}
"""The answers of other chapters."""
ANSWERS = GLOBALS | CALLS | ELSEWHERE


def told(name: str, answer: Answer) -> Callable[[Runtime], Value]:
    """The function that gives a name's answer in a game."""

    def get(rt: Runtime) -> Value:
        found = rt.settings.answers.get(name)
        return answer.value(rt) if found is None else found

    get.__name__, get.__doc__ = name, answer.description
    return get


VARIABLES = [chapter.variable(told(name, answer)) for name, answer in GLOBALS.items()]
FUNCTIONS = [chapter(told(name, answer)) for name, answer in CALLS.items()]


def answers_of(pairs: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """The values of `--set NAME=VALUE`; raises UsageError for an unknown name and for what is no value of it."""
    return {name: answer_of(name, text) for name, text in pairs}


def answer_of(name: str, text: str) -> Value:
    """One value: a text, true or false, a number or the name of a constant such as os_windows."""
    if name not in ANSWERS:
        raise UsageError(f"--set has no {name}: {did_you_mean(name, ANSWERS) or ', '.join(ANSWERS)}")
    kind = ANSWERS[name].kind
    if kind is str:
        return clean(text)
    known = {"true": True, "false": False} if kind is bool else OS_CONSTANTS
    if text in known:
        return known[text]
    try:
        return kind(float(text))
    except (ValueError, OverflowError):
        raise UsageError(f"--set {name}={text}: expected a number or one of {', '.join(known)}") from None

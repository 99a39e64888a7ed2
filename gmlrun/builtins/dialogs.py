"""Dialogs without a screen: a question goes in, the answer that `--dialogs` decides comes out.

By default a message is printed and a question is answered yes or by its default; `stdin` asks on
standard input; `fail` raises an error. Manual: Debugging, Asynchronous_Functions/Dialog.
"""

from __future__ import annotations

import io
import itertools
import sys

from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import DIALOG
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import parse_number
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gmlrun.values.model import Value

chapter = Chapter("Asynchronous_Functions/Dialog")
debugging = Chapter("Debugging")

NO = ("n", "no", "0", "false")


class Dialogs(GamePart):
    """Hands out the ids of dialogs, and asks."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self._ids = itertools.count()

    def ask(self, text: str, default: str) -> str:
        """The answer to a question."""
        way = self.rt.settings.dialogs
        if way == "fail":
            raise GmlError(f"a dialog needs a screen: {text}")
        self.rt.output(text)
        if way != "stdin":
            return default
        return clean(read_line(text)).rstrip("\r\n") or default

    def post(self, values: Mapping[str, Value]) -> float:
        """Queues the Async Dialog event of an answer; returns the id in it."""
        number = float(next(self._ids))
        self.rt.service(AsyncEvents).post(DIALOG, {"id": number, **values})
        return number


def read_line(question: str) -> str:
    """A line of standard input, empty at its end; raises GmlError when there is none to read from."""
    try:
        if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "replace":  # only before the first line
            sys.stdin.reconfigure(errors="replace")
        return sys.stdin.readline()
    except (AttributeError, ValueError, OSError):  # it is closed, or was never open
        raise GmlError(f"standard input is closed, so that nobody can answer: {question}") from None


def answer_yes(dialogs: Dialogs, text: str) -> bool:
    return dialogs.ask(text, "yes").strip().lower() not in NO


def answer_number(dialogs: Dialogs, text: str, default: float) -> float:
    answer = dialogs.ask(text, "")
    number = parse_number(answer)
    return default if number is None else number


@debugging
def show_message(dialogs: Dialogs, str: String) -> None:
    """Shows a message, which is printed here."""
    dialogs.ask(str, "")


@debugging
def show_question(dialogs: Dialogs, str: String) -> bool:
    """Asks a question; true for yes."""
    return answer_yes(dialogs, str)


@debugging
def get_string(dialogs: Dialogs, str: String, def_: String) -> str:
    """Asks for a text; the default when none is given."""
    return dialogs.ask(str, def_)


@debugging
def get_integer(dialogs: Dialogs, str: String, def_: Real) -> float:
    """Asks for a number; the default when none is given."""
    return answer_number(dialogs, str, def_)


@chapter
def show_message_async(dialogs: Dialogs, str: String) -> float:
    """Shows a message, which is printed here; the Async Dialog event follows.

    Gives the id that the event's `async_load` holds.
    """
    dialogs.ask(str, "")
    return dialogs.post({"status": True})


@chapter
def show_question_async(dialogs: Dialogs, str: String) -> float:
    """Asks a question; the Async Dialog event's `status` is true for yes.

    Gives the id that the event's `async_load` holds.
    """
    return dialogs.post({"status": answer_yes(dialogs, str)})


@chapter
def get_string_async(dialogs: Dialogs, string: String, default: String) -> float:
    """Asks for a text; the Async Dialog event's `result` holds it.

    Gives the id that the event's `async_load` holds.
    """
    return dialogs.post({"status": True, "result": dialogs.ask(string, default)})


@chapter
def get_integer_async(dialogs: Dialogs, string: String, default: Real) -> float:
    """Asks for a number; the Async Dialog event's `value` holds it.

    Gives the id that the event's `async_load` holds.
    """
    number = answer_number(dialogs, string, default)
    return dialogs.post({"status": True, "value": number})


@chapter
def get_login_async(dialogs: Dialogs, username: String, password: String) -> float:
    """Asks for a name and a password; the Async Dialog event's `username` and `password` hold them.

    Gives the id that the event's `async_load` holds.
    """
    name, secret = dialogs.ask("user name", username), dialogs.ask("password", password)
    return dialogs.post({"status": True, "username": name, "password": secret})

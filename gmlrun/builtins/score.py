"""Score, lives and health: the old global variables that games still count with.

Manual: GML_Overview/Variables/Builtin_Global_Variables.
"""

from __future__ import annotations

from dataclasses import dataclass

from gmlrun.builtins.registry import Chapter
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import to_bool, to_real
from gmlrun.values.model import Value
from gmlrun.values.text import string_of

chapter = Chapter("GML_Overview/Variables/Builtin_Global_Variables")


@dataclass
class Board(GamePart):
    """The values of this chapter's variables in one game."""

    rt: Runtime
    score: float = 0.0
    lives: float = -1.0
    health: float = 100.0
    caption_score: str = "Score:"
    caption_lives: str = "Lives:"
    caption_health: str = "Health:"
    show_score: bool = True
    show_lives: bool = False
    show_health: bool = False


def score(rt: Runtime) -> float:
    """The player's score."""
    return rt.service(Board).score


def set_score(rt: Runtime, value: Value) -> None:
    rt.service(Board).score = to_real(value)


def lives(rt: Runtime) -> float:
    """The player's lives."""
    return rt.service(Board).lives


def set_lives(rt: Runtime, value: Value) -> None:
    rt.service(Board).lives = to_real(value)


def health(rt: Runtime) -> float:
    """The player's health, 0 to 100."""
    return rt.service(Board).health


def set_health(rt: Runtime, value: Value) -> None:
    rt.service(Board).health = to_real(value)


def caption_score(rt: Runtime) -> str:
    """The word before the score in a window's caption."""
    return rt.service(Board).caption_score


def set_caption_score(rt: Runtime, value: Value) -> None:
    rt.service(Board).caption_score = string_of(value)


def caption_lives(rt: Runtime) -> str:
    """The word before the lives in a window's caption."""
    return rt.service(Board).caption_lives


def set_caption_lives(rt: Runtime, value: Value) -> None:
    rt.service(Board).caption_lives = string_of(value)


def caption_health(rt: Runtime) -> str:
    """The word before the health in a window's caption."""
    return rt.service(Board).caption_health


def set_caption_health(rt: Runtime, value: Value) -> None:
    rt.service(Board).caption_health = string_of(value)


def show_score(rt: Runtime) -> bool:
    """Whether a window's caption would show the score."""
    return rt.service(Board).show_score


def set_show_score(rt: Runtime, value: Value) -> None:
    rt.service(Board).show_score = to_bool(value)


def show_lives(rt: Runtime) -> bool:
    """Whether a window's caption would show the lives."""
    return rt.service(Board).show_lives


def set_show_lives(rt: Runtime, value: Value) -> None:
    rt.service(Board).show_lives = to_bool(value)


def show_health(rt: Runtime) -> bool:
    """Whether a window's caption would show the health."""
    return rt.service(Board).show_health


def set_show_health(rt: Runtime, value: Value) -> None:
    rt.service(Board).show_health = to_bool(value)


chapter.variable(score, set_score)
chapter.variable(lives, set_lives)
chapter.variable(health, set_health)
chapter.variable(caption_score, set_caption_score)
chapter.variable(caption_lives, set_caption_lives)
chapter.variable(caption_health, set_caption_health)
chapter.variable(show_score, set_show_score)
chapter.variable(show_lives, set_show_lives)
chapter.variable(show_health, set_show_health)

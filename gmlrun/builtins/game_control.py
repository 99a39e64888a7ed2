"""The game as a whole: its speed, its end, its name. Manual: General_Game_Control."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Int, Real, String
from gmlrun.engine.loop import Loop
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.unicode import clean

chapter = Chapter("General_Game_Control")

FPS, MICROSECONDS = 0, 1
CONSTANTS: dict[str, float] = {"gamespeed_fps": float(FPS), "gamespeed_microseconds": float(MICROSECONDS)}

SECOND = 1_000_000.0
"""Microseconds."""


@chapter
def game_set_speed(rt: Runtime, loop: Loop, speed: Real, type: Int) -> None:
    """Sets the game's speed in frames a second, or in microseconds a frame; nothing changes for 0 and less."""
    if not speed > 0:
        rt.warn_once("game_set_speed", "game_set_speed: a speed must be greater than 0; the game keeps its own")
        return
    loop.set_speed(SECOND / speed if type == MICROSECONDS else speed)


@chapter
def game_get_speed(loop: Loop, type: Int) -> float:
    """The game's speed in frames a second, or in microseconds a frame."""
    speed = loop.speed
    return float(round(SECOND / speed)) if type == MICROSECONDS else speed


@chapter
def game_end(loop: Loop, return_code: Int = 0) -> None:
    """Ends the game when the phase that is running is over; RETURN_CODE is the exit code of the process."""
    loop.request_end(return_code)


@chapter
def game_restart(loop: Loop) -> None:
    """Begins the game again, in its first room, when the phase that is running is over; globals stay."""
    loop.restarting = True


@chapter
def game_change(rt: Runtime, working_directory: String, launch_parameters: String) -> None:
    """Would start another game in place of this one; there is no launcher here, so it only warns."""
    rt.warn_once("game_change", "game_change: another game cannot be started from this one")


@chapter
def game_save(rt: Runtime, filename: String) -> None:
    """Would save the state of the game; an obsolete function that does nothing, and warns."""
    warn_saving(rt)


@chapter
def game_load(rt: Runtime, filename: String) -> None:
    """Would load a saved state; an obsolete function that does nothing, and warns."""
    warn_saving(rt)


@chapter
def game_save_buffer(rt: Runtime, buffer: Value) -> None:
    """Would save the state of the game to a buffer; does nothing, and warns."""
    warn_saving(rt)


@chapter
def game_load_buffer(rt: Runtime, buffer: Value) -> None:
    """Would load a saved state from a buffer; does nothing, and warns."""
    warn_saving(rt)


def warn_saving(rt: Runtime) -> None:
    """Says, once, that states are not saved."""
    rt.warn_once("game_save", "game_save and game_load are not supported: save what matters with files or buffers")


@chapter
def highscore_add(str: String, numb: Real) -> None:
    """Does nothing: there is no high-score table here."""


@chapter
def highscore_clear() -> None:
    """Does nothing: there is no high-score table here."""


@chapter
def highscore_name(place: Int) -> str:
    """The name at a place of the high-score table: always empty."""
    return ""


@chapter
def highscore_value(place: Int) -> float:
    """The score at a place of the high-score table: always 0."""
    return 0.0


def game_display_name(rt: Runtime) -> str:
    """The game's name as players see it."""
    return clean(rt.settings.program_name)


def game_project_name(rt: Runtime) -> str:
    """The project's name."""
    return clean(rt.settings.program_name)


def game_id(rt: Runtime) -> float:
    """The game's number; 0."""
    return 0.0


chapter.variable(game_display_name)
chapter.variable(game_project_name)
chapter.variable(game_id)

"""Folders of the game's file area, and where it is. Manual: File_Handling/File_Directories."""

from __future__ import annotations

import shutil
from pathlib import Path

from gmlrun.builtins.registry import Chapter, String
from gmlrun.engine.files import FileArea
from gmlrun.runtime import Runtime

chapter = Chapter("File_Handling/File_Directories")


@chapter
def directory_exists(file_area: FileArea, dname: String) -> bool:
    """Whether there is a folder of that name in the save area or the program's folder."""
    return any(place.is_dir() for place in file_area.places(dname))


@chapter
def directory_create(file_area: FileArea, dname: String) -> bool:
    """Makes a folder in the save area, and those above it; gives whether it is there now."""
    place = file_area.target(dname)
    try:
        if place is not None:
            place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return place is not None


@chapter
def directory_destroy(area: FileArea, dname: String) -> bool:
    """Deletes a folder of the save area with all that is in it; gives whether it did."""
    place = next(filter(Path.is_dir, area.own_places(dname)), None)
    if place is None or place == area.save:
        return False
    shutil.rmtree(place, ignore_errors=True)
    return not place.exists()


def bundle_of(area: FileArea) -> str:
    """The program's own folder."""
    return area.shown(area.bundle)


def saves_of(area: FileArea, inner: str = "") -> str:
    """The save area, or a folder of it."""
    return area.shown(area.save / inner)


@chapter.variable
def working_directory(rt: Runtime) -> str:
    """The program's own folder, with a separator at its end."""
    return bundle_of(rt.service(FileArea))


@chapter.variable
def program_directory(rt: Runtime) -> str:
    """The folder that holds the program, with a separator at its end."""
    return bundle_of(rt.service(FileArea))


@chapter.variable
def game_save_id(rt: Runtime) -> str:
    """The save area, with a separator at its end."""
    return saves_of(rt.service(FileArea))


@chapter.variable
def temp_directory(rt: Runtime) -> str:
    """A folder of the save area for what need not be kept, with a separator at its end."""
    return saves_of(rt.service(FileArea), "temp")


@chapter.variable
def cache_directory(rt: Runtime) -> str:
    """A folder of the save area for what can be made again, with a separator at its end."""
    return saves_of(rt.service(FileArea), "cache")

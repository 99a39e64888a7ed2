"""Lines of earlier sessions: the name of a file in the state folder goes in, a history for an editor comes out."""

from __future__ import annotations

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from gmlrun.repl.state import state_folder


def history(name: str) -> History:
    """The lines of earlier sessions; only this one's where there is no place to keep them."""
    try:
        folder = state_folder()
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / name
        file.touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))

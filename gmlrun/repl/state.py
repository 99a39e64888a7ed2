"""Where a user's history is kept between sessions."""

from __future__ import annotations

from pathlib import Path

from gmlrun.resources import user_folder


def state_folder() -> Path:
    """The user's state folder for gmlrun: `$XDG_STATE_HOME/gmlrun`, or the system's equivalent."""
    return Path(user_folder("XDG_STATE_HOME", "~/.local/state"))

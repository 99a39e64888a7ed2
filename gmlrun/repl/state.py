"""Where a user's history is kept between sessions."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def state_folder() -> Path:
    """The user's state folder for gmlrun: `$XDG_STATE_HOME/gmlrun`, or the system's equivalent."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Application Support"
    else:
        base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(base).expanduser() / "gmlrun"

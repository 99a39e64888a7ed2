"""A `.yyz`, which is a zipped project: it is unpacked for as long as it runs."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
import zipfile
import zlib

from gmlrun.errors import UsageError
from gmlrun.project.folder import load_folder
from gmlrun.project.model import Loaded

LARGEST = 1 << 30
"""Bytes that an archive may unpack to."""


class Unpacked:
    """A folder that is removed with this object, or when the process ends."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="gmlrun-")
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def load_archive(path: str, config: str) -> Loaded:
    """The project in an archive; raises UsageError for one that holds none."""
    folder = Unpacked()
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise UsageError(f"{path} unpacks to more than a gigabyte")
            archive.extractall(folder.path)
    except (OSError, zipfile.BadZipFile, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise UsageError(f"cannot unpack {path}: {error}") from None
    return load_folder(project_folder(folder.path), config)._replace(keep=folder)


def project_folder(unpacked: str) -> str:
    """Where the project is: at the top, or in the only folder there."""
    names = os.listdir(unpacked)
    if len(names) == 1 and os.path.isdir(os.path.join(unpacked, names[0])):
        return os.path.join(unpacked, names[0])
    return unpacked

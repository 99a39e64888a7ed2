"""ZIP archives: files of the save area go in, and come out again. Manual: File_Handling/Encoding_And_Hashing."""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib

from gmlrun.builtins.buffer_files import AsyncSaves
from gmlrun.builtins.encoding import contents
from gmlrun.builtins.registry import ArgumentType, Chapter, Real, String
from gmlrun.engine.files import FileArea
from gmlrun.engine.saving import replacing
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.model import Handle, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

chapter = Chapter("File_Handling/Encoding_And_Hashing")

FAULTS = (
    *(OSError, ValueError, ArithmeticError, LookupError, EOFError, RuntimeError, MemoryError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
)
"""The exceptions of the zipfile module for an archive that is damaged, encrypted, of an unknown kind or oddly named."""


PIECE = 1 << 16
"""Bytes that are unpacked at once."""


class Archive(Handle):
    """An archive to be saved: pairs of the name inside and the file."""

    __slots__ = ("files",)

    def __init__(self) -> None:
        super().__init__("zip", 0)
        self.files: list[tuple[str, str]] = []


def to_archive(rt: Runtime, value: Value) -> Archive:
    """The archive that an argument is; raises GmlError for anything else."""
    if isinstance(value, Archive):
        return value
    raise GmlError("not a ZIP file")


if TYPE_CHECKING:
    ArchiveArg: TypeAlias = Archive
else:
    ArchiveArg = ArgumentType("ZIP File", "a ZIP file", Archive, to_archive)


@chapter
def zip_create() -> Value:
    """Makes an empty ZIP archive, which zip_save writes."""
    return Archive()


@chapter
def zip_add_file(zip_object: ArchiveArg, dest: String, src: String) -> Real:
    """Adds the file SRC under the name DEST; it is read when the archive is saved. Returns 0."""
    zip_object.files.append((dest, src))
    return 0


@chapter
def zip_save(rt: Runtime, async_saves: AsyncSaves, zip_object: ArchiveArg, path: String) -> Real:
    """Saves an archive; the Async Save/Load event has status 0, or -1 if it failed.

    Returns the request's number, `id` in the event.
    """
    return async_saves.finish(0.0 if saved(rt, zip_object, path) else -1.0)


def saved(rt: Runtime, archive: Archive, path: str) -> bool:
    """Writes an archive; False when one of its files, or the archive, cannot be read or written."""
    pieces = [(name, contents(rt, source)) for name, source in archive.files]
    place = rt.service(FileArea).resolve_write(path)
    if place is None or any(data is None for _, data in pieces):
        return False
    try:
        with replacing(place) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in pieces:
                made.writestr(name.replace("\\", "/"), data or b"")
    except FAULTS as error:
        rt.log(f"{path}: {error}")
        return False
    return True


def extracted(rt: Runtime, zip_file: str, target: str) -> int:
    """Writes the files of an archive below a folder of the save area; how many, -1 if the archive is no good."""
    place = rt.service(FileArea).resolve_read(zip_file)
    if place is None:
        return -1
    try:
        with zipfile.ZipFile(place) as archive:
            return sum(Extraction(rt, archive, target).write(entry) for entry in archive.infolist())
    except FAULTS as error:
        rt.log(f"{zip_file}: {error}")
        return -1


class Extraction:
    """The files of one archive on their way into a folder, a piece at a time; all together have a limit."""

    def __init__(self, rt: Runtime, archive: zipfile.ZipFile, target: str) -> None:
        self.rt = rt
        self.archive = archive
        self.folder = posixpath.normpath(target.replace("\\", "/") or ".")
        self.left = rt.settings.max_unpack
        """Bytes that may still come out; None for no limit."""
        if self.left is not None and sum(entry.file_size for entry in archive.infolist()) > self.left:
            self._refuse()

    def write(self, entry: zipfile.ZipInfo) -> bool:
        """Writes one file; False, with a line in the log, for one that would lie outside the folder."""
        if entry.is_dir():
            return False
        path = posixpath.normpath(f"{self.folder}/{entry.filename}".replace("\\", "/"))
        place = self.rt.service(FileArea).resolve_write(path) if self._is_inside(path) else None
        if place is None:
            self.rt.log(f"{entry.filename}: outside the folder that the archive is unpacked to")
            return False
        with self.archive.open(entry) as source, replacing(place) as file:
            while piece := source.read(PIECE):
                self._count(len(piece))
                file.write(piece)
        return True

    def _is_inside(self, path: str) -> bool:
        return not path.startswith("../") if self.folder == "." else path.startswith(f"{self.folder}/")

    def _count(self, size: int) -> None:
        if self.left is not None:
            self.left -= size
            if self.left < 0:
                self._refuse()

    def _refuse(self) -> None:
        limit = (self.rt.settings.max_unpack or 0) // (1 << 20)
        raise zipfile.BadZipFile(f"it would unpack to more than {limit} MiB (--max-unpack)")


@chapter
def zip_unzip(rt: Runtime, zip_file: String, target_directory: String) -> Real:
    """Extracts an archive into a folder of the save area; returns how many files, 0 or less if it failed."""
    return extracted(rt, zip_file, target_directory)


@chapter
def zip_unzip_async(rt: Runtime, saves: AsyncSaves, zip_file: String, target_directory: String) -> Real:
    """Like zip_unzip, with an Async Save/Load event: its status is 0, or -1 if it failed.

    Returns the request's number, `id` in the event. Raises inside an async group of buffers.
    """
    if saves.group is not None:
        raise GmlError("zip_unzip_async: not allowed inside a buffer_async_group")
    return saves.finish(0.0 if extracted(rt, zip_file, target_directory) >= 0 else -1.0)

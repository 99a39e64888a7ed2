"""ZIP archives: files of the save area go in, and come out again. Manual: File_Handling/Encoding_And_Hashing."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from typing import Annotated, Any, TypeAlias

from gmlrun.builtins.buffer_files import AsyncSaves, save
from gmlrun.builtins.encoding import contents
from gmlrun.builtins.registry import Chapter, Kind, Real, String
from gmlrun.errors import GmlError
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.files import FileArea
from gmlrun.runtime.values import Handle

chapter = Chapter("File_Handling/Encoding_And_Hashing")

FAULTS = (
    *(OSError, ValueError, ArithmeticError, LookupError, EOFError, RuntimeError, MemoryError),
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
)
"""What the zipfile module raises for an archive that is damaged, encrypted or of an unknown kind, or for odd names."""


MAX_UNPACKED = 1 << 30
"""Bytes that an archive may unpack to: an archive from elsewhere may be made to fill the disk."""


class Archive(Handle):
    """An archive to be saved: pairs of the name inside and the file."""

    __slots__ = ("files",)

    def __init__(self) -> None:
        super().__init__("zip", 0)
        self.files: list[tuple[str, str]] = []


def to_archive(rt: Runtime, value: Any) -> Archive:
    """The archive that an argument is; raises GmlError for anything else."""
    if isinstance(value, Archive):
        return value
    raise GmlError("not a ZIP file")


ArchiveArg: TypeAlias = Annotated[Archive, Kind("ZIP File", "a ZIP file", Archive, to_archive)]


@chapter
def zip_create() -> Any:
    """Makes an empty ZIP archive, which zip_save writes."""
    return Archive()


@chapter
def zip_add_file(zip_object: ArchiveArg, dest: String, src: String) -> Real:
    """Adds the file SRC under the name DEST; it is read when the archive is saved. Returns 0."""
    zip_object.files.append((dest, src))
    return 0


@chapter
def zip_save(rt: Runtime, zip_object: ArchiveArg, path: String) -> Real:
    """Saves an archive; the Async Save/Load event has status 0, or -1 if it failed.

    Returns the request's number, `id` in the event.
    """
    return rt.service(AsyncSaves).finish(0.0 if saved(rt, zip_object, path) else -1.0)


def saved(rt: Runtime, archive: Archive, path: str) -> bool:
    """Writes an archive; False when one of its files, or the archive, cannot be read or written."""
    pieces = [(name, contents(rt, source)) for name, source in archive.files]
    place = rt.service(FileArea).resolve_write(path)
    if place is None or any(data is None for _, data in pieces):
        return False
    try:
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as made:
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
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise zipfile.BadZipFile(f"it would unpack to more than {MAX_UNPACKED} bytes")
            folder = target.replace("\\", "/").rstrip("/") or "."
            return sum(save(rt, f"{folder}/{entry.filename}", archive.read(entry)) for entry in entries)
    except FAULTS as error:
        rt.log(f"{zip_file}: {error}")
        return -1


@chapter
def zip_unzip(rt: Runtime, zip_file: String, target_directory: String) -> Real:
    """Extracts an archive into a folder of the save area; returns how many files, 0 or less if it failed."""
    return extracted(rt, zip_file, target_directory)


@chapter
def zip_unzip_async(rt: Runtime, zip_file: String, target_directory: String) -> Real:
    """As zip_unzip, with an Async Save/Load event: its status is 0, or -1 if it failed.

    Returns the request's number, `id` in the event. Raises inside an async group of buffers.
    """
    saves = rt.service(AsyncSaves)
    if saves.group is not None:
        raise GmlError("zip_unzip_async: not allowed inside a buffer_async_group")
    return saves.finish(0.0 if extracted(rt, zip_file, target_directory) >= 0 else -1.0)

"""Assets of a project whose files are read when something first asks for what they say."""

from __future__ import annotations

from gmlrun.lean import Generic, TypeVar
from gmlrun.values.model import AssetRef

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Content = TypeVar("Content")


class FileAsset(AssetRef, Generic[Content]):
    """An asset of a project; `read` gives the content of its file, and is called once."""

    __slots__ = ("_content", "_read")

    def __init__(self, kind: str, index: int, name: str, read: Callable[[], Content]) -> None:
        super().__init__(kind, index, name)
        self._read = read
        self._content: Content | None = None

    def holds(self, content: object) -> bool:
        """Whether something is the content, as far as the file has been read."""
        return content is not None and self._content is content

    @property
    def content(self) -> Content:
        """The content of the file."""
        if self._content is None:
            self._content = self._read()
        return self._content

"""The Python globals of linked units go in; those whose code can still run come out.

A service may give one game a million texts, and reload its rules a thousand times: what was replaced, and is held by
no value of the game, is forgotten.
"""

from __future__ import annotations

from itertools import count

from gmlrun.lean import ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


class NamespaceMark:
    """Stands in a namespace: while a function can be called that has the namespace as its globals, it is there."""

    __slots__ = ("__weakref__", "namespace")

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace


class Namespaces:
    """The namespaces of one game."""

    def __init__(self) -> None:
        self._marks: dict[int, ref[NamespaceMark]] = {}
        self._numbers = count()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        marks = [mark() for mark in list(self._marks.values())]
        return iter([mark.namespace for mark in marks if mark is not None])

    def add(self, namespace: dict[str, Any]) -> None:
        """Knows a namespace from now on."""
        number, marks = next(self._numbers), self._marks
        namespace["gml_mark"] = mark = NamespaceMark(namespace)
        marks[number] = ref(mark, lambda _: marks.pop(number, None))

    def discard(self, namespace: dict[str, Any]) -> None:
        """Forgets a namespace at once, as none of its code is called again."""
        for number, mark in list(self._marks.items()):
            found = mark()
            if found is not None and found.namespace is namespace:
                del self._marks[number]


def when_forgotten(namespace: dict[str, Any], forget: Callable[..., object], *args: Any) -> None:
    """Calls a function once no code of a namespace can run any more."""
    from weakref import finalize

    finalize(namespace["gml_mark"], forget, *args).atexit = False

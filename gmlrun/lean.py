"""Parts of Python's library that a start from the cache needs, in a form that costs it less.

`typing`, `re`, `collections`, `functools` and what they import take as long to load as Python itself. What stands here
means what it means there, type checkers see the originals, and `tests/test_lean.py` holds the two against each other.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections import defaultdict, deque
    from contextlib import suppress
    from functools import cache, cached_property, partial
    from heapq import heapify, heappop, heappush
    from operator import attrgetter, itemgetter
    from re import Pattern
    from reprlib import recursive_repr
    from threading import RLock, get_ident
    from types import CodeType, FunctionType, MappingProxyType, MethodType, ModuleType, SimpleNamespace
    from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast
    from weakref import ref
else:
    try:
        import _signal as signal
        from _collections import _tuplegetter, defaultdict, deque
        from _functools import partial
        from _heapq import heapify, heappop, heappush
        from _operator import attrgetter, itemgetter
        from _thread import RLock, get_ident
        from _weakref import ref
    except ImportError:  # a Python that has them elsewhere
        import signal
        from collections import defaultdict, deque
        from functools import partial
        from heapq import heapify, heappop, heappush
        from operator import attrgetter, itemgetter
        from threading import RLock, get_ident
        from weakref import ref

        _tuplegetter = lambda at, text: property(itemgetter(at), doc=text)

    FunctionType, CodeType = type(lambda: None), type((lambda: None).__code__)
    ModuleType, SimpleNamespace, MappingProxyType = type(sys), type(sys.implementation), type(type.__dict__)

    class Record(tuple):
        """Base of the classes that NamedTuple makes: what does not depend on their fields."""

        __slots__ = ()
        _fields = ()

        def __new__(cls, /, *values, **named):
            """Makes the first instance, and has the second one make a function for all others: most have none."""
            record = next(base for base in cls.__mro__ if "_fields" in vars(base))
            record.__new__ = compile_maker
            given, left = {**record._field_defaults, **named}, record._fields[len(values) :]
            if len(values) + len(left) == len(record._fields) and named.keys() <= set(left) <= given.keys():
                return tuple.__new__(cls, (*values, *[given[name] for name in left]))
            return record.__new__(cls, *values, **named)  # which says what is wrong

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            pairs = zip(self._fields, self, strict=True)
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"

        def __getnewargs__(self):
            return tuple(self)

    def compile_maker(cls, /, *values, **named):
        """Makes an instance, and the function that makes all further ones."""
        record = next(base for base in cls.__mro__ if "_fields" in vars(base))
        record.__new__ = maker_of(record._fields, record._field_defaults)
        return record.__new__(cls, *values, **named)

    def maker_of(fields, defaults):
        """The `__new__` of a class with these fields."""
        names = ", ".join(fields)
        text = f"lambda _cls, {names}: _new(_cls, ({names}{',' if fields else ''}))"
        made = eval(text, {"_new": tuple.__new__, "__builtins__": {}})  # our own text, of names that are fields
        made.__name__, made.__defaults__ = "__new__", tuple(defaults.values())
        return made

    class Recording(type):
        """Makes a class of the fields that a body declares, in place of a subclass of NamedTuple."""

        def __new__(meta, name, bases, body):
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            getters = {field: _tuplegetter(at, None) for at, field in enumerate(fields)}
            shared = {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return type(name, (Record,), body | getters | shared)

    NamedTuple = type.__new__(Recording, "NamedTuple", (), {})

    class cached_property:
        """A value that is calculated when it is first asked for, and then is an attribute of the object."""

        def __init__(self, function):
            self.function, self.__doc__ = function, function.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            made = instance.__dict__[self.name] = self.function(instance)
            return made

    class suppress:
        """Ends a block at exceptions of some classes as if nothing had happened."""

        def __init__(self, *exceptions):
            self.exceptions = exceptions

        def __enter__(self):
            return None

        def __exit__(self, kind, error, traceback):
            return kind is not None and issubclass(kind, self.exceptions)

    def recursive_repr():
        """Writes `...` for an object inside its own text."""

        def decorate(function):
            @cache
            def original():
                from reprlib import recursive_repr

                return recursive_repr()(function)

            return lambda self: original()(self)

        return decorate

    class Generic:
        """A base that has parameters for type checkers alone."""

        __slots__ = ()

        def __class_getitem__(cls, parameters):
            return cls

    MethodType = type(Record._make)
    Protocol, TypeVar, cast = object, lambda name, **bounds: name, lambda kind, value: value

    def cache(function):
        """Makes a function remember its results by their arguments."""
        kept = {}

        def cached(*arguments):
            if arguments not in kept:
                kept[arguments] = function(*arguments)
            return kept[arguments]

        cached.__name__, cached.__doc__ = function.__name__, function.__doc__
        return cached


__all__ = [
    "CodeType",
    "FunctionType",
    "Generic",
    "MappingProxyType",
    "MethodType",
    "ModuleType",
    "NamedTuple",
    "Protocol",
    "RLock",
    "SimpleNamespace",
    "TypeVar",
    "attrgetter",
    "cache",
    "cached_property",
    "cast",
    "defaultdict",
    "deque",
    "get_ident",
    "heapify",
    "heappop",
    "heappush",
    "import_module",
    "is_main_thread",
    "itemgetter",
    "partial",
    "pattern",
    "recursive_repr",
    "ref",
    "signal",
    "suppress",
]


OF_PATTERNS = frozenset(
    (
        "findall",
        "finditer",
        "flags",
        "fullmatch",
        "groupindex",
        "groups",
        "match",
        "pattern",
        "search",
        "split",
        "sub",
        "subn",
    )
)
"""The attributes of a compiled pattern: who asks for another one, as the library's index does, needs none compiled."""


class LazyPattern:
    """A pattern that is compiled at its first use, and then lends its methods."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __getattr__(self, name: str) -> Any:
        if name not in OF_PATTERNS:
            raise AttributeError(f"a pattern has no attribute {name!r}")
        import re

        found = getattr(re.compile(self.text), name)
        setattr(self, name, found)
        return found


def pattern(text: str) -> Pattern[str]:
    """A regular expression that is compiled when it is first used; flags stand in its text: `(?a)`, `(?m)`."""
    made: Any = LazyPattern(text)
    return made  # type: ignore[no-any-return]


def import_module(name: str) -> ModuleType:
    """The module of that whole name, imported if it is not there yet."""
    __import__(name)
    return sys.modules[name]


def is_main_thread() -> bool:
    """Whether this is the thread that Python started with: there is no other before `threading` is imported."""
    threading = sys.modules.get("threading")
    return threading is None or threading.current_thread() is threading.main_thread()

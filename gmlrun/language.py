"""Facts of GML that several layers share: its words, special instances, the epsilon, how names become attributes."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# ----------------------------------------------------------------------- words

KEYWORDS: dict[str, str] = {
    **{word: word for word in ("if", "then", "else", "switch", "case", "default", "enum", "function")},
    **{word: word for word in ("while", "for", "repeat", "do", "until", "with")},
    **{word: word for word in ("break", "continue", "exit", "return")},
    **{word: word for word in ("try", "catch", "finally", "throw", "new", "delete")},
    **{word: word for word in ("var", "globalvar", "static")},
    **{"begin": "{", "end": "}"},
    **{"div": "div", "mod": "%", "and": "&&", "or": "||", "xor": "^^", "not": "!"},
}
"""The words that are tokens of their own, each with the canonical spelling that trees have."""

DECLARING = frozenset(("var", "globalvar", "static"))
"""The keywords that declare variables."""

LATER_KEYWORDS = frozenset(("try", "catch", "finally", "throw", "new", "delete", "function", "static", "constructor"))
"""The keywords that came with GameMaker Studio 2.3: before, they were names."""

# ------------------------------------------------------------ names and values

SELF, OTHER, ALL, NOONE, GLOBAL = -1.0, -2.0, -3.0, -4.0, -5.0
"""The numbers that stand for instances and for the global struct, where a number names an instance."""

SCOPE_NAMES = frozenset(("self", "other", "global"))
"""The names of structs that every piece of code has."""

LITERAL_NAMES: dict[str, Any] = {
    "true": True,
    "false": False,
    "undefined": None,
    "all": ALL,
    "noone": NOONE,
    "pi": 3.141592653589793,
    "NaN": float("nan"),
    "infinity": float("inf"),
}
"""The names that are values of the language itself, and no builtins."""

PLACE_NAMES = frozenset(("_GMLINE_", "_GMFILE_", "_GMFUNCTION_"))
"""The names whose value depends on where they stand."""

ARGUMENT_NAMES = frozenset(("argument", "argument_count", *(f"argument{n}" for n in range(16))))
"""The names that reach a function's arguments by position."""

LARGEST_EXACT = 1 << 53
"""Integers up to this are the same as a real."""
EPSILON = 0.00001
"""By how much two numbers may differ and be equal, as long as nothing calls `math_set_epsilon`."""

# ------------------------------------------------------- variables in Python
#
# GML variables are attributes of Python objects. Names of the form `__x…__` are Python's own; GML's keep out of their
# way by one more underscore, added on the way in and taken off on the way out.

MRO = "__gml_mro____"


def attribute(name: str) -> str:
    """The attribute that carries the GML variable `name`."""
    if name == "mro":  # the only method that Python's classes have under a plain name
        return MRO
    return name + "_" if name.startswith("__") and name.endswith("__") else name


def method_attribute(name: str) -> str:
    """The attribute of a class that carries the method form of a static; it is no variable's."""
    return f"__{name}()__"


def variable_name(attribute_name: str) -> str:
    """The GML variable that an attribute carries: the inverse of `attribute`."""
    name = attribute_name
    if name == MRO:
        return "mro"
    return name[:-1] if name.startswith("__") and name.endswith("___") else name

"""Names that were probably meant: an unknown name goes in, a known one or a sentence comes out."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that `name` was probably meant to be, or the empty string."""
    import difflib

    cutoff = 0.75 if len(name) > 3 else 0.8
    found = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return found[0] if found else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known name, or the empty string."""
    guess = nearest(name, known)
    return f"did you mean {guess}?" if guess else ""


def captured_words(name: str) -> str:
    """A hint on a name that a function looks for in its self, although the code around it has a local of that name."""
    return (
        f"functions do not see the local variables of the code around them: write method({{ {name}: {name} }}, "
        f"function …), or set {name} without var"
    )


def asset_hint(name: str) -> str:
    """A hint on a name that nothing sets and that is spelled as one of an asset; empty for another name."""
    if name.startswith(("obj_", "o_")):
        return f"no object is called {name}: object {name} {{ event create {{ … }} }} declares one"
    is_asset = name.startswith(("spr_", "rm_", "snd_", "bg_", "fnt_", "ts_", "scr_"))
    return f"no asset of the program is called {name}" if is_asset else ""


PRINTS = "show_debug_message prints"
UNTYPED = "GML's variables have no types: var x = 5;"
FILES = "further files are named on the command line: gmlrun main.gml other.gml"
WAITS = "nothing waits in GML: set an alarm, or use call_later"
HABITS = {
    **dict.fromkeys(("print", "printf", "println", "echo", "puts", "console", "log"), PRINTS),
    **dict.fromkeys(("int", "float", "double", "bool"), UNTYPED),
    **dict.fromkeys(("let", "local"), "GML declares local variables with var"),
    **dict.fromkeys(("null", "nil", "None"), "GML says undefined"),
    **dict.fromkeys(("elif", "elseif"), "GML says else if"),
    **dict.fromkeys(("def", "fn", "func", "sub"), "GML says function"),
    **dict.fromkeys(("import", "include", "require"), FILES),
    **dict.fromkeys(("sleep", "wait", "setTimeout"), WAITS),
    "const": "GML declares local variables with var, constants with #macro NAME value",
    "class": "a class is a constructor in GML: function Name(parameter) constructor { … }",
    "len": "array_length or string_length",
    "str": "string(value) makes a string",
    "append": "array_push(array, value) appends",
}
"""Names of other languages, and those that GML has for them."""


def absent_words(name: str, family: str) -> str:
    """The message of `check` and of a run about a name of GameMaker's screen, sound or input."""
    return f"{name} belongs to {family}, which a run without a screen does not have"

"""Keys by name and number: what people and event blocks call a key goes in, its keycode comes out.

Manual: Game_Input/Keyboard_Input; the names in events are those of the GMEdit editor.
"""

from __future__ import annotations

NOKEY, ANYKEY, BACKSPACE, RETURN, PACKET = 0, 1, 8, 13, 231
"""`PACKET` is what Windows reports for a character that no key has."""

KEYS: dict[str, int] = {
    "nokey": 0,
    "anykey": 1,
    "backspace": 8,
    "tab": 9,
    "enter": 13,
    "return": 13,
    "shift": 16,
    "control": 17,
    "alt": 18,
    "pause": 19,
    "escape": 27,
    "space": 32,
    "pageup": 33,
    "pagedown": 34,
    "end": 35,
    "home": 36,
    "left": 37,
    "up": 38,
    "right": 39,
    "down": 40,
    "printscreen": 44,
    "insert": 45,
    "delete": 46,
    **{f"numpad{n}": 96 + n for n in range(10)},
    "multiply": 106,
    "add": 107,
    "subtract": 109,
    "decimal": 110,
    "divide": 111,
    **{f"f{n}": 111 + n for n in range(1, 13)},
    "lshift": 160,
    "rshift": 161,
    "lcontrol": 162,
    "rcontrol": 163,
    "lalt": 164,
    "ralt": 165,
}
"""The keys of the `vk_` constants, without these letters."""

BUTTONS: dict[str, int] = {"mb_left": 1, "mb_right": 2, "mb_middle": 3, "mb_side1": 4, "mb_side2": 5}
WHEEL: dict[str, int] = {"wheel_up": 6, "wheel_down": 7}
"""The mouse's wheel, as buttons that GML has no number for."""
PAD_NAMES = (
    *("face1", "face2", "face3", "face4", "shoulderl", "shoulderr", "shoulderlb", "shoulderrb"),
    *("select", "start", "stickl", "stickr", "padu", "padd", "padl", "padr"),
)
FIRST_PAD_BUTTON = 32769
PAD_BUTTONS: dict[str, int] = {f"gp_{name}": FIRST_PAD_BUTTON + n for n, name in enumerate(PAD_NAMES)}

SIDES: dict[int, int] = {160: 16, 161: 16, 162: 17, 163: 17, 164: 18, 165: 18, 16: 160, 17: 162, 18: 164}
"""The key that goes along with another one: the left Shift is a Shift."""

SIGNS: dict[str, int] = {
    **dict(zip(";=,-./`", (186, 187, 188, 189, 190, 191, 192), strict=True)),
    **dict(zip("[\\]'", (219, 220, 221, 222), strict=True)),
    **dict(zip(':+<_>?~{|}"', (186, 187, 188, 189, 190, 191, 192, 219, 220, 221, 222), strict=True)),
    **dict(zip(")!@#$%^&*(", range(48, 58), strict=True)),
    " ": 32,
    "\b": BACKSPACE,
    "\r": RETURN,
    "\n": RETURN,
    "\t": 9,
}
"""The keycodes of characters that are neither letters nor digits, on an American keyboard."""
TYPED: dict[int, str] = {
    32: " ",
    BACKSPACE: "\b",
    **{96 + n: str(n) for n in range(10)},
    **dict(zip((106, 107, 109, 110, 111), "*+-./", strict=True)),
    **dict(zip((186, 187, 188, 189, 190, 191, 192, 219, 220, 221, 222), ";=,-./`[\\]'", strict=True)),
}
"""The characters of keys that are no letters and digits."""


def key_named(name: str) -> int | None:
    """A keycode by its name: `vk_enter`, `enter`, `A`, `a`, `;`, or `key13` for a number; None for no key."""
    if len(name) == 1:
        return key_of(name)
    plain = name.lower()
    if plain.startswith("key") and plain[3:].isdecimal():
        return int(plain[3:])
    return KEYS.get(plain.removeprefix("vk_"))


def key_of(character: str) -> int | None:
    """The key that writes a character; None for one that no key writes."""
    if character.isascii() and character.isalnum():
        return ord(character.upper())
    return SIGNS.get(character)


def typed_by(key: int, is_shifted: bool) -> str:
    """The character of a key; empty for a key that writes none."""
    if 65 <= key <= 90:
        return chr(key) if is_shifted else chr(key).lower()
    return chr(key) if 48 <= key <= 57 else TYPED.get(key, "")


def event_key(text: str) -> int | None:
    """The number that follows `keypress:` in the name of an event; a single digit is the key with that digit."""
    return int(text) if text.isdecimal() and len(text) > 1 else key_named(text)


def all_names() -> list[str]:
    """Every name that something can be pressed by, single characters apart."""
    return [*KEYS, *(f"vk_{name}" for name in KEYS), *BUTTONS, *WHEEL, *PAD_BUTTONS]

"""The actions of an event of GameMaker: Studio 1.4: their XML goes in, one source of GML comes out.

An action that is code stays as the user wrote it, in a frame. What was dragged and dropped is told in GML by the
action's kind and its function's name.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from xml.etree import ElementTree

from gmlrun.source import STUDIO_1, Frame, Source

Element = ElementTree.Element

BEGIN, END, ELSE, EXIT, REPEAT, VARIABLE, CODE = range(1, 8)
"""The kinds of actions, as the files count them; 0 is a call."""
KINDS = tuple(map(str, range(1, 8)))
NO_EFFECT, FUNCTION, CODE_WITH_ARGUMENTS = range(3)
"""An action of kind 0 runs: nothing, a function, or code with arguments."""
STRING, STRING_OR_EXPRESSION = 1, 2
"""The kinds of arguments that are texts."""

ANSWER = "__answer__"
"""The local that holds what another instance answered."""

COMPARISONS = ("==", "<", ">", "<=", ">=")
DIRECTIONS = (225, 270, 315, 180, None, 0, 135, 90, 45)
"""The direction of each of the nine arrows, in degrees; None stops."""


class ActionSource:
    """A source in the making: pieces of text, each in its frame."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.frames: list[Frame] = []
        self.at = 0
        self.unknown: list[str] = []
        """The actions that have no GML."""

    def add(self, text: str, before: str = "", after: str = "") -> None:
        """One more piece, on lines of its own."""
        self.pieces.append(f"{text}\n")
        self.frames.append(Frame(self.at, self.at + len(text), before, after))
        self.at += len(text) + 1

    def note(self, action: Element) -> None:
        """Keeps the name of an action that has no GML."""
        self.unknown.append(word(action, "functionname") or f"number {word(action, 'id')}")

    def note_end(self, action: Element) -> None:
        """Keeps that a block ends which does not begin; GameMaker's editor allows that."""
        self.unknown.append(f"number {word(action, 'id') or END} (the end of a block that does not begin)")


def actions_source(name: str, actions: Iterable[Element]) -> tuple[Source, list[str]]:
    """The GML of an event's actions, and the names of the actions that gmlrun does not know (they are left out)."""
    waiting, texts = deque(actions), ActionSource()
    try:
        while waiting:
            if kind_of(waiting[0]) == END:
                texts.note_end(waiting.popleft())
            else:
                add_statement(texts, waiting)
    except RecursionError:
        texts = ActionSource()
        texts.unknown.append("some inside each other, too many")
    return Source(name, "".join(texts.pieces), STUDIO_1, texts.frames), texts.unknown


def add_statement(texts: ActionSource, waiting: deque[Element]) -> None:
    """Adds the next action with all that belongs to it: a block's actions, what a question is asked for."""
    action = waiting.popleft()
    kind = kind_of(action)
    if is_question(action):
        add_question(texts, action, waiting)
        return
    add_action(texts, action)
    if kind == REPEAT:
        add_body(texts, waiting)
    while kind == BEGIN and waiting:
        is_last = kind_of(waiting[0]) == END
        add_statement(texts, waiting)
        if is_last:
            return
    if kind == BEGIN:
        texts.add("", "}")


def add_question(texts: ActionSource, action: Element, waiting: deque[Element]) -> None:
    """Adds a question and what depends on its answer, which another instance may give."""
    before, after = applied_to(action)
    gml = dropped(action, 0)
    if gml is None:
        texts.note(action)
        gml = "if (false)"
    if before:
        texts.add(gml, f"{{ var {ANSWER} = false; {before}", f" {ANSWER} = true; {after} if ({ANSWER})")
    else:
        texts.add(gml)
    add_body(texts, waiting)
    if waiting and kind_of(waiting[0]) == ELSE:
        add_action(texts, waiting.popleft())
        add_body(texts, waiting)
    if before:
        texts.add("", "}")


def add_body(texts: ActionSource, waiting: deque[Element]) -> None:
    """Adds what a question or a repetition is for, with the remarks before it; nothing where the actions end first."""
    while waiting and is_remark(waiting[0]):
        add_action(texts, waiting.popleft())
    if not waiting or kind_of(waiting[0]) == END:
        texts.add("", "{}")
    else:
        add_statement(texts, waiting)


def kind_of(action: Element) -> int:
    """The kind of an action, 0 for a call."""
    kind = word(action, "kind")
    return int(kind) if kind in KINDS else 0


def is_question(action: Element) -> bool:
    """Whether the next action depends on what this one finds."""
    return kind_of(action) == 0 and flag(action, "isquestion") and word(action, "exetype") == str(FUNCTION)


def is_remark(action: Element) -> bool:
    """Whether an action is a comment."""
    return kind_of(action) == 0 and dropped(action, 0) == ""


def word(action: Element, name: str) -> str:
    """The text of an element of an action, empty for none."""
    return (action.findtext(name) or "").strip()


def flag(action: Element, name: str) -> bool:
    """A flag: -1 is true."""
    return word(action, name) not in ("", "0")


def add_action(texts: ActionSource, action: Element) -> None:
    """Adds an action; one that is not known does nothing."""
    kind = kind_of(action)
    before, after = applied_to(action)
    if kind == CODE:
        texts.add(action.findtext("arguments/argument/string") or "", f"{before}{{", f"}}{after}")
    elif kind == 0 and word(action, "exetype") == str(CODE_WITH_ARGUMENTS):
        given = "".join(f", {value}" for value in arguments(action))
        texts.add(
            action.findtext("codestring") or "", f"{before}{{ script_execute(function() {{", f"}}{given}); }}{after}"
        )
    else:
        gml = dropped(action, kind)
        if gml is None:
            texts.note(action)
            gml = "{}"
        texts.add(gml, before, after)


def applied_to(action: Element) -> tuple[str, str]:
    """Wrap an action that other instances execute."""
    who = word(action, "whoName")
    return ("", "") if who in ("", "self") or not flag(action, "useapplyto") else (f"with ({who}) {{", "}")


def arguments(action: Element) -> list[str]:
    """The arguments of an action as GML."""
    return [argument(each) for each in action.iterfind("arguments/argument")]


def argument(element: Element) -> str:
    """One argument: the first element behind its kind holds it, whatever that is called."""
    kind = word(element, "kind")
    value = next((each.text or "" for each in element if each.tag != "kind"), "")
    is_quoted = value.strip()[:1] in ('"', "'")
    if kind == str(STRING) or (kind == str(STRING_OR_EXPRESSION) and not is_quoted):
        quote = "'" if '"' in value else '"'
        return f"{quote}{value}{quote}"
    return value.strip() or "0"


def dropped(action: Element, kind: int) -> str | None:
    """The GML of an action that was dragged and dropped; None for one that is not known or lacks an argument."""
    try:
        return written(action, kind, arguments(action))
    except IndexError:
        return None


def written(action: Element, kind: int, values: list[str]) -> str | None:
    """The GML of an action with its arguments; raises IndexError where one is missing."""
    fixed = {BEGIN: "{", END: "}", ELSE: "else", EXIT: "exit;"}
    if kind in fixed:
        return fixed[kind]
    if kind == REPEAT:
        return f"repeat ({values[0]})"
    if kind == VARIABLE:
        name = action.findtext("arguments/argument/string") or ""
        return f"{name.strip()} {'+=' if flag(action, 'relative') else '='} {values[1]};"
    if word(action, "exetype") in ("", str(NO_EFFECT)):
        return "" if word(action, "functionname") == "" else None
    return called(action, values)


def called(action: Element, values: list[str]) -> str | None:
    """The GML of an action that calls one of GameMaker's own functions."""
    name, is_relative = word(action, "functionname"), flag(action, "relative")
    if name.startswith("action_draw") or name in WITHOUT_EFFECT:
        return "{}"
    made = MADE.get(name)
    if made is not None:
        return made(values, is_relative)
    forms = ACTIONS.get(name)
    if forms is None:
        return None
    gml = (forms[1] if is_relative and len(forms) > 1 else forms[0]).format(*values, *["0"] * 12)
    if not flag(action, "isquestion"):
        return f"{{ {gml} }}"
    return f"if (!({gml}))" if flag(action, "isnot") else f"if ({gml})"


def move(values: list[str], is_relative: bool) -> str:
    """`action_move`: one of the arrows that are chosen, at random."""
    chosen = [angle for bit, angle in zip(values[0].strip("\"'"), DIRECTIONS, strict=False) if bit == "1"]
    if not chosen:
        return "{}"
    angles = ", ".join("-1" if angle is None else str(angle) for angle in chosen)
    motion = "motion_add" if is_relative else "motion_set"
    return f"{{ var way = choose({angles}); if (way < 0) speed = 0; else {motion}(way, {values[1]}); }}"


def execute_script(values: list[str], is_relative: bool) -> str:
    """`action_execute_script`: a script with up to five arguments."""
    return f"script_execute({', '.join(values)});"


def create_random(values: list[str], is_relative: bool) -> str:
    """`action_create_object_random`: one of up to four objects."""
    objects = ", ".join(value for value in values[:4] if value not in ("0", "-1", "<undefined>"))
    at = ("x + ", "y + ") if is_relative else ("", "")
    return f"{{ instance_create({at[0]}{values[4]}, {at[1]}{values[5]}, choose({objects})); }}"


def compared(what: str) -> Callable[[list[str], bool], str]:
    """A question that compares: its last two arguments are the value and which comparison."""

    def question(values: list[str], is_relative: bool) -> str:
        sign = dict(zip("01234", COMPARISONS, strict=True)).get(values[-1], "==")
        return f"if ({what.format(*values)} {sign} {values[-2]})"

    return question


MADE: dict[str, Callable[[list[str], bool], str]] = {
    "action_move": move,
    "action_execute_script": execute_script,
    "action_create_object_random": create_random,
    "action_if_variable": compared("{0}"),
    "action_if_number": compared("instance_number({0})"),
    "action_if_score": compared("score"),
    "action_if_life": compared("lives"),
    "action_if_health": compared("health"),
}
"""The actions whose GML depends on what their arguments are."""

ACTIONS: dict[str, tuple[str, ...]] = {
    "action_set_motion": ("motion_set({0}, {1});", "motion_add({0}, {1});"),
    "action_move_point": ("move_towards_point({0}, {1}, {2});", "move_towards_point(x + {0}, y + {1}, {2});"),
    "action_set_hspeed": ("hspeed = {0};", "hspeed += {0};"),
    "action_set_vspeed": ("vspeed = {0};", "vspeed += {0};"),
    "action_set_gravity": (
        "gravity_direction = {0}; gravity = {1};",
        "gravity_direction += {0}; gravity += {1};",
    ),
    "action_set_friction": ("friction = {0};", "friction += {0};"),
    "action_move_to": ("x = {0}; y = {1};", "x += {0}; y += {1};"),
    "action_move_start": ("x = xstart; y = ystart;",),
    "action_move_random": ("move_random({0}, {1});",),
    "action_snap": ("move_snap({0}, {1});",),
    "action_wrap": ("move_wrap({0} != 1, {0} != 0, 0);",),
    "action_reverse_xdir": ("hspeed = -hspeed;",),
    "action_reverse_ydir": ("vspeed = -vspeed;",),
    "action_move_contact": ("if ({2}) move_contact_all({0}, {1}); else move_contact_solid({0}, {1});",),
    "action_bounce": ("if ({1}) move_bounce_all({0}); else move_bounce_solid({0});",),
    "action_path": ("path_start({0}, {1}, {2}, {3});",),
    "action_path_end": ("path_end();",),
    "action_path_position": ("path_position = {0};", "path_position += {0};"),
    "action_path_speed": ("path_speed = {0};", "path_speed += {0};"),
    "action_linear_step": ("mp_linear_step({0}, {1}, {2}, {3});", "mp_linear_step(x + {0}, y + {1}, {2}, {3});"),
    "action_potential_step": (
        "mp_potential_step({0}, {1}, {2}, {3});",
        "mp_potential_step(x + {0}, y + {1}, {2}, {3});",
    ),
    "action_create_object": ("instance_create({1}, {2}, {0});", "instance_create(x + {1}, y + {2}, {0});"),
    "action_create_object_motion": (
        "var way = {4}, pace = {3}; with (instance_create({1}, {2}, {0})) motion_set(way, pace);",
        "var way = {4}, pace = {3}; with (instance_create(x + {1}, y + {2}, {0})) motion_set(way, pace);",
    ),
    "action_change_object": ("instance_change({0}, {1});",),
    "action_kill_object": ("instance_destroy();",),
    "action_kill_position": ("position_destroy({0}, {1});", "position_destroy(x + {0}, y + {1});"),
    "action_sprite_set": ("sprite_index = {0}; if ({1} >= 0) image_index = {1}; image_speed = {2};",),
    "action_sprite_transform": ("image_xscale = {0}; image_yscale = {1}; image_angle = {2};",),
    "action_sprite_color": ("image_blend = {0}; image_alpha = {1};",),
    "action_sound": ("audio_play_sound({0}, 0, {1});",),
    "action_end_sound": ("audio_stop_sound({0});",),
    "action_if_sound": ("audio_is_playing({0})",),
    "action_previous_room": ("room_goto_previous();",),
    "action_next_room": ("room_goto_next();",),
    "action_current_room": ("room_restart();",),
    "action_another_room": ("room_goto({0});",),
    "action_if_previous_room": ("room_exists(room_previous(room))",),
    "action_if_next_room": ("room_exists(room_next(room))",),
    "action_set_alarm": ("alarm[{1}] = {0};", "alarm[{1}] += {0};"),
    "action_message": ("show_message({0});",),
    "action_webpage": ("url_open({0});",),
    "action_end_game": ("game_end();",),
    "action_restart_game": ("game_restart();",),
    "action_if_empty": (
        "({2} ? place_empty({0}, {1}) : place_free({0}, {1}))",
        "({2} ? place_empty(x + {0}, y + {1}) : place_free(x + {0}, y + {1}))",
    ),
    "action_if_collision": (
        "!({2} ? place_empty({0}, {1}) : place_free({0}, {1}))",
        "!({2} ? place_empty(x + {0}, y + {1}) : place_free(x + {0}, y + {1}))",
    ),
    "action_if_object": ("place_meeting({1}, {2}, {0})", "place_meeting(x + {1}, y + {2}, {0})"),
    "action_if_dice": ("random({0}) < 1",),
    "action_if_question": ("show_question({0})",),
    "action_if_mouse": ("mouse_check_button({0})",),
    "action_if_aligned": ("place_snapped({0}, {1})",),
    "action_if": ("{0}",),
    "action_inherited": ("event_inherited();",),
    "action_set_score": ("score = {0};", "score += {0};"),
    "action_set_life": ("lives = {0};", "lives += {0};"),
    "action_set_health": ("health = {0};", "health += {0};"),
    "action_color": ("draw_set_colour({0});",),
}
"""The GML of each action, and that of its relative form."""

WITHOUT_EFFECT = frozenset(
    (
        "action_set_caption",
        "action_set_cursor",
        "action_font",
        "action_fullscreen",
        "action_snapshot",
        "action_effect",
        "action_show_info",
        "action_show_video",
        "action_splash_text",
        "action_splash_image",
        "action_splash_settings",
        "action_highscore_show",
        "action_highscore_clear",
    )
)
"""The actions that only a screen could show."""

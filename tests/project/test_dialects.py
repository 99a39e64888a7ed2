"""How the GML of each age of GameMaker reads: the kind of project decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.errors import SourceErrors
from gmlrun.language import LATER_KEYWORDS
from gmlrun.source import STUDIO_1, STUDIO_2, TODAY, Dialect, Frame, Source
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.parser import parse

OLD_STRINGS = {
    '"\\"': "\\",
    '"a\\nb"': "a\\nb",
    "'text'": "text",
    "'say \"hello\"'": 'say "hello"',
    '"one\ntwo"': "one\ntwo",
    "'one\ntwo'": "one\ntwo",
}


@pytest.mark.parametrize(("text", "value"), OLD_STRINGS.items())
def test_strings_of_1_4(text: str, value: str) -> None:
    lexer = Lexer(Source("a.gml", text, STUDIO_1))
    assert [(token.type, token.value) for token in lexer.tokens()] == [("STRING", value)]
    assert not lexer.diagnostics


@pytest.mark.parametrize("text", ["'text'", '"one\ntwo"', '"\\"'])
def test_today_they_are_errors(text: str) -> None:
    lexer = Lexer(Source("a.gml", text))
    lexer.tokens()
    assert lexer.diagnostics


@pytest.mark.parametrize("dialect", [STUDIO_1, STUDIO_2], ids=["1.4", "2.2"])
@pytest.mark.parametrize("word", sorted(LATER_KEYWORDS))
def test_later_keywords_are_names(word: str, dialect: Dialect) -> None:
    tree = parse(Source("a.gml", f"{word} = 1; x = {word} + 1; a.{word} = {word}; var {word}; {word}(2);", dialect))
    assert [type(statement).__name__ for statement in tree.body] == [*["Assign"] * 3, "Var", "ExpressionStatement"]


@pytest.mark.parametrize("word", sorted(LATER_KEYWORDS - {"constructor"}))
def test_today_they_are_keywords(word: str) -> None:
    with pytest.raises(SourceErrors):
        parse(Source("a.gml", f"x = {word} + 1;"))


@pytest.mark.parametrize("dialect", [STUDIO_1, STUDIO_2], ids=["1.4", "2.2"])
def test_a_dollar_behind_a_bracket_begins_a_number(dialect: Dialect) -> None:
    tokens = Lexer(Source("a.gml", "a[$FF]", dialect)).tokens()
    assert [token.type for token in tokens] == ["NAME", "LSQB", "NUMBER", "RSQB"]
    assert Lexer(Source("a.gml", "a[$FF]", TODAY)).tokens()[1].type == "ACCESSOR"


def test_an_open_comment_ends_with_its_frame() -> None:
    text = "return 1; /* open"
    tree = parse(Source("a.gml", text, STUDIO_1, [Frame(0, len(text), "function f() {", "}")]))
    assert len(tree.body) == 1


def test_messages_show_the_text_of_the_user_alone() -> None:
    text = "x = = 1;"
    with pytest.raises(SourceErrors) as caught:
        parse(Source("a.gml", text, STUDIO_1, [Frame(0, len(text), "function f() {", "}")]))
    (found,) = caught.value.diagnostics
    assert (found.place.line, found.place.column, found.place.text) == (1, 5, text)


def test_a_frame_changes_what_a_program_is() -> None:
    from gmlrun.build.pipeline import program_identity
    from gmlrun.build.program import Part, Program

    made = [Source("a.gml", "x", STUDIO_1), Source("a.gml", "x"), Source("a.gml", "x", TODAY, [Frame(0, 1, "{", "}")])]
    assert len({tuple(program_identity(Program([Part(source, "e")]))) for source in made}) == len(made)


PROJECT = """{"mvc": "1.0", "modelName": "GMProject", "resources": [
  {"Key": "s1", "Value": {"resourcePath": "scripts\\\\throw_it\\\\throw_it.yy", "resourceType": "GMScript"}},
  {"Key": "s2", "Value": {"resourcePath": "scripts\\\\gone\\\\gone.yy", "resourceType": "GMScript"}},
  {"Key": "o1", "Value": {"resourcePath": "objects\\\\obj_a\\\\obj_a.yy", "resourceType": "GMObject"}},
  {"Key": "r1", "Value": {"resourcePath": "rooms\\\\rm\\\\rm.yy", "resourceType": "GMRoom"}}]}"""
OBJECT = """{"id": "o1", "name": "obj_a", "eventList": [
  {"id": "e1", "collisionObjectId": "o1", "eventtype": 4, "enumb": 0}]}"""
ROOM = """{"id": "r1", "name": "rm", "creationCodeFile": "${project_dir}\\\\rooms\\\\rm\\\\RoomCreationCode.gml"}"""


def test_a_project_of_2_2(write, play) -> None:  # type: ignore[no-untyped-def]
    files = {
        "game.yyp": PROJECT,
        "scripts/throw_it/throw_it.gml": "var new = argument0;\nreturn new + 1; /* open",
        "objects/obj_a/obj_a.yy": OBJECT,
        "objects/obj_a/Collision_e1.gml": 'show_debug_message("hit");',
        "rooms/rm/rm.yy": ROOM,
        "rooms/rm/RoomCreationCode.gml": "show_debug_message(throw_it(1));\n"
        "gone();\nwith (instance_create_depth(0, 0, 0, obj_a)) event_perform(ev_collision, obj_a);\ngame_end();",
    }
    folder: Path = write(files)
    assert play(folder / "game.yyp") == (0, ["2", "hit"])


@pytest.mark.parametrize(
    "change", ["argument0[1] = 9", "argument[0][1] = 9", "argument[0, 1] = 9", "argument0[1] += 7"]
)
def test_a_script_of_2_2_writes_to_arrays_of_its_own(write, play, change: str) -> None:  # type: ignore[no-untyped-def]
    files = {
        "game.yyp": PROJECT,
        "scripts/throw_it/throw_it.gml": f"{change};\nreturn argument0;",
        "scripts/gone/gone.gml": "",
        "rooms/rm/rm.yy": ROOM,
        "rooms/rm/RoomCreationCode.gml": "global.a = [1, 2]; show_debug_message(throw_it(global.a));\n"
        "show_debug_message(global.a); game_end();",
    }
    assert play(write(files) / "game.yyp") == (0, ["[ 1,9 ]", "[ 1,2 ]"])


def test_an_array_of_arrays_is_as_long_in_2_2_as_it_has_elements(write, play) -> None:  # type: ignore[no-untyped-def]
    code = """var list = array_create(0), grid;
        list[@ 0] = array_create(7); list[@ 1] = 5; list[@ 2] = array_create(1);
        grid[1, 3] = 2;
        show_debug_message([array_length_1d(list), array_length_1d(array_create(4)), array_height_2d(grid)]);
        game_end();"""
    files = {"game.yyp": PROJECT, "rooms/rm/rm.yy": ROOM, "rooms/rm/RoomCreationCode.gml": code}
    files |= {
        "objects/obj_a/obj_a.yy": OBJECT,
        "objects/obj_a/Collision_e1.gml": "",
        "scripts/throw_it/throw_it.gml": "",
    }
    assert play(write(files) / "game.yyp") == (0, ["[ 3,4,2 ]"])

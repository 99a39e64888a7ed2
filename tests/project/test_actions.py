"""The actions of GameMaker: Studio 1.4 as GML."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gmlrun.project.actions import ACTIONS, MADE, actions_source
from gmlrun.syntax import nodes
from gmlrun.syntax.parser import parse


def action(name: str = "", *values: str, kind: int = 0, **flags: str) -> ElementTree.Element:
    given = "".join(f"<argument><kind>0</kind><string>{value}</string></argument>" for value in values)
    rest = "".join(f"<{key}>{value}</{key}>" for key, value in flags.items())
    exetype = flags.get("exetype") or ("1" if name else "0")
    text = f"<action><kind>{kind}</kind><functionname>{name}</functionname><exetype>{exetype}</exetype>{rest}"
    return ElementTree.fromstring(f"{text}<arguments>{given}</arguments></action>")


SAY = action("", "show_debug_message(1);", kind=7)

CASES = {
    "script": ([action("action_execute_script", "scr", "1", "2")], "script_execute(scr, 1, 2);"),
    "relative": ([action("action_move_to", "4", "5", relative="-1")], "{ x += 4; y += 5; }"),
    "question": ([action("action_if_dice", "2", isquestion="-1")], "if (random(2) < 1)"),
    "not": ([action("action_if", "a", isquestion="-1", isnot="-1")], "if (!(a))"),
    "compare": ([action("action_if_variable", "a", "3", "2", isquestion="-1")], "if (a > 3)"),
    "block": ([action(kind=1), action(kind=2), action(kind=3), action(kind=4)], "{\n}\nelse\nexit;"),
    "repeat": ([action("", "3", kind=5)], "repeat (3)"),
    "variable": ([action("", "lives", "3", kind=6)], "lives = 3;"),
    "variable relative": ([action("", "lives", "3", kind=6, relative="-1")], "lives += 3;"),
    "arrows": (
        [action("action_move", "000001000", "4")],
        "{ var way = choose(0); if (way < 0) speed = 0; else motion_set(way, 4); }",
    ),
}


@pytest.mark.parametrize(("actions", "gml"), CASES.values(), ids=CASES.keys())
def test_an_action_as_gml(actions: list[ElementTree.Element], gml: str) -> None:
    source, unknown = actions_source("a", actions)
    assert (source.text.strip(), unknown) == (gml, [])


@pytest.mark.parametrize("name", sorted(ACTIONS | MADE))
@pytest.mark.parametrize("relative", ["0", "-1"])
def test_every_action_is_a_statement(name: str, relative: str) -> None:
    question = "-1" if "_if" in name else "0"
    values = ["111111111", "2", "3", "4", "5", "6"] if name != "action_execute_script" else ["scr", "1"]
    made = action(name, *values, relative=relative, isquestion=question)
    source, unknown = actions_source("a", [made, SAY])
    assert not unknown
    parse(source)


def test_blocks_that_end_or_begin_alone() -> None:
    source, unknown = actions_source("a", [SAY, action(kind=2, id="424"), action(kind=1), SAY])
    assert unknown == ["number 424 (the end of a block that does not begin)"]
    parse(source)


def test_code_for_another_instance() -> None:
    code = action("", "x = 1; /* open", kind=7, whoName="other", useapplyto="-1")
    source, _ = actions_source("a", [code, SAY])
    assert source.text == "x = 1; /* open\nshow_debug_message(1);\n"
    assert len(parse(source).body) == 2


def test_code_with_arguments() -> None:
    source, unknown = actions_source("a", [action("", "7", exetype="2", codestring="x = argument0;")])
    assert source.frames[0].after == "}, 7); }"
    assert not unknown
    parse(source)


def test_an_unknown_action_is_named() -> None:
    assert actions_source("a", [action("action_of_mine", "1")])[1] == ["action_of_mine"]


REMARK = action("", "why", exetype="0")
CLOSED = action(kind=2)


@pytest.mark.parametrize("question", [action("action_if_dice", "2", isquestion="-1"), action("", "3", kind=5)])
@pytest.mark.parametrize("after", [[], [REMARK], [REMARK, REMARK, SAY], [REMARK, action(kind=1), SAY, CLOSED]])
def test_remarks_are_passed_over(question: ElementTree.Element, after: list[ElementTree.Element]) -> None:
    source, unknown = actions_source("an event", [action(kind=1), question, *after, action(kind=2)])
    block = parse(source).body[0]
    assert unknown == []
    assert isinstance(block, nodes.Block)
    inner = [statement for statement in block.body if not isinstance(statement, nodes.Empty)]
    assert len(inner) == 1
    assert isinstance(inner[0], (nodes.If, nodes.Repeat))

"""What a project does as its version of GameMaker did: by the version that wrote it, and by its options."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gmlrun.build.checking import check
from gmlrun.project.yyp import dialect_of
from tests.project.made import project

OPTIONS = "options/main/options_main.yy"
COPY = "option_copy_on_write_enabled"
OTHER = "option_legacy_other_behaviour"
NUMBER = "option_legacy_number_conversion"
JSON = "option_legacy_json_parsing"


def files(code: str, version: str = "", **options: Any) -> dict[str, str]:
    """A project of one script and one room, which ends at once."""
    project = {
        "MetaData": {"IDEVersion": version} if version else {},
        "resources": [{"id": {"name": n, "path": f"{k}/{n}/{n}.yy"}} for k, n in (("scripts", "S"), ("rooms", "R"))],
        "RoomOrderNodes": [{"roomId": {"name": "R"}}],
    }
    made = {
        "game.yyp": json.dumps(project),
        "scripts/S/S.yy": "{}",
        "scripts/S/S.gml": code,
        "rooms/R/R.yy": json.dumps({"name": "R", "creationCodeFile": "rooms/R/RoomCreationCode.gml"}),
        "rooms/R/RoomCreationCode.gml": "game_end();",
    }
    return made | ({OPTIONS: json.dumps(options)} if options else {})


@pytest.mark.parametrize(
    ("version", "options", "copies", "keeps", "calls"),
    [
        ("", {}, False, False, False),
        ("2.3.4.580", {}, True, True, True),
        ("23.1.1.193", {}, True, True, True),
        ("2022.0.3.85", {}, True, True, True),
        ("2022.2.1.618", {}, False, True, True),
        ("2022.6.1.26", {COPY: True}, True, True, True),
        ("2022.0.3.85", {COPY: False}, False, True, True),
        ("2024.8.1.171", {}, False, True, True),
        ("2024.11.0.179", {}, False, False, False),
        ("2024.14.3.217", {OTHER: True}, False, True, False),
        ("2026.0.0.16", {OTHER: False, COPY: False}, False, False, False),
        ("what.ever", {}, True, True, True),
        ("9.9.1.814", {}, False, False, False),
    ],
)
def test_versions_and_options(version: str, options: dict[str, Any], copies: bool, keeps: bool, calls: bool) -> None:
    found = dialect_of(version, options)
    assert (found.copies_arrays, found.keeps_other, found.calls_constructors) == (copies, keeps, calls)


ARRAYS = [
    ("a[1] = 9", "1,2"),
    ("a[@ 1] = 9", "1,9"),
    ("a[1] += 9", "1,2"),
    ("a[1]++", "1,2"),
    ("var b = a; b[1] = 9", "1,2"),
    ("var b = a; b[@1] = 9", "1,9"),
    ("b = a; b[1] = 9", "1,2"),
    ("var b = global.shared; b[1] = 9", "1,2"),
    ("var b = given(); b[1] = 9", "1,2"),
    ("var b = array_get([a], 0); b[1] = 9", "1,2"),
    ("var b = array_first([a]); b[1] = 9", "1,2"),
    ("var held = [a], b = array_pop(held); b[1] = 9", "1,2"),
    ("global.shared[1] = 9", "1,9"),
    ("array_push(a, 3)", "1,2,3"),
    ("var b = [a]; b[0][1] = 9", "1,2"),
    ("var b = [[3], a]; b[1, 1] += 9", "1,2"),
    ("var b = []; b[0] = a; b[0][1] = 9", "1,2"),
    ("var b = []; b[0] = a; var c = b[0]; c[1] = 9", "1,2"),
    ("b = []; array_push(b, a); b[0][1] = 9", "1,2"),
    ("var b = [0]; array_set(b, 0, a); b[0][1] = 9", "1,2"),
    ("var b = []; b[0] = a; b[0][@ 1] = 9", "1,9"),
    ("argument0[1] = 9", "1,2"),
    ("argument0[@ 1] = 9", "1,9"),
    ("argument[0][1] = 9", "1,2"),
    ("argument[0, 1] = 9", "1,2"),
    ("argument[0][@ 1] = 9", "1,9"),
    ("argument[0][1] += 9", "1,2"),
    ("argument[0][1]++", "1,2"),
    ("var i = 0; argument[i][1] = 9", "1,2"),
    ("var i = 0; argument[i, 1] = 9", "1,2"),
    ("var i = 0; argument[i][@ 1] = 9", "1,9"),
    ("for (var i = 0; i < argument_count; i++) argument[i][1] += 9", "1,2"),
    ("var i = 1; argument0[i] = 9", "1,2"),
    ("var b = argument[0]; b[1] = 9", "1,2"),
    ("var b = argument0; b[1] = 9", "1,2"),
]


@pytest.mark.parametrize(("code", "with_copies"), ARRAYS)
def test_copy_on_write(write, play, code: str, with_copies: str) -> None:  # type: ignore[no-untyped-def]
    text = (
        "global.shared = [1, 2];\nfunction given() { return global.shared; }\n"
        f"function change(a) {{ {code}; }}\nchange(global.shared);\nshow_debug_message(global.shared);"
    )
    assert play(write(files(text, "2.3.7.606")) / "game.yyp") == (0, [f"[ {with_copies} ]"])
    after = with_copies if with_copies != "1,2" else "1,11" if "+=" in code else "1,3" if "++" in code else "1,9"
    assert play(write(files(text, "2024.14.0.1")) / "game.yyp") == (0, [f"[ {after} ]"])


def test_rows_are_copied_with_their_array(write, play) -> None:  # type: ignore[no-untyped-def]
    text = (
        "global.rows = [[1, 2], [3, 4]];\nfunction change(rows) { rows[0, 1] = 9; return rows; }\n"
        "show_debug_message(change(global.rows));\nshow_debug_message(global.rows);"
    )
    assert play(write(files(text, **{COPY: True})) / "game.yyp") == (0, ["[ [ 1,9 ],[ 3,4 ] ]", "[ [ 1,2 ],[ 3,4 ] ]"])


CALLS = """
function Base() constructor { static made = 0; made++; name = "base"; }
function Plain(_name) { name = _name; static told = function() { return "told " + name; }; }
function Kid() : Plain("plain") constructor { kind = "kid"; }
Base();
show_debug_message(global.name);
var kid = new Kid();
show_debug_message(kid.name + " " + kid.kind + " " + instanceof(kid) + " " + kid.told());
"""


def test_constructors_are_called_directly_before_2024_11(write, play) -> None:  # type: ignore[no-untyped-def]
    assert play(write(files(CALLS, "2024.8.1.171")) / "game.yyp") == (0, ["base", "plain kid Kid told plain"])
    assert play(write(files(CALLS, "2024.11.0.179")) / "game.yyp") == (1, [])


OTHERS = """
who = "global";
function Thing(n) constructor {
    who = n;
    get = function() { return other.who; };
    static got = function() { return other.who; };
}
var a = new Thing("a"), b = new Thing("b");
with (a) { show_debug_message(b.get() + " " + b.got()); }
"""


def test_other_in_methods(write, play) -> None:  # type: ignore[no-untyped-def]
    assert play(write(files(OTHERS, "2024.14.0.1")) / "game.yyp") == (0, ["a a"])
    assert play(write(files(OTHERS, "2024.8.0.1")) / "game.yyp") == (0, ["global global"])


@pytest.mark.parametrize(("version", "seen"), [("2023.11.1.129", "2 6"), ("2024.8.1.171", "0 0"), ("2.2.5.481", "2 6")])
def test_instances_of_a_room_see_later_ones(write, play, version: str, seen: str) -> None:  # type: ignore[no-untyped-def]
    first = 'var n = instance_number(obj_late), sum = 0; with (obj_late) sum += x; show_debug_message($"{n} {sum}");'
    made = project(
        {"obj_early": {"Create_0": first}, "obj_late": {"Create_0": "seen = 1;", "Step_0": "game_end();"}},
        {"rm": [("obj_early", 0, 0), ("obj_late", 2, 0), ("obj_late", 4, 0)]},
    )
    made["game.yyp"] = json.dumps(json.loads(made["game.yyp"]) | {"MetaData": {"IDEVersion": version}})
    assert play(write(made) / "game.yyp") == (0, [seen])


def test_one_that_was_destroyed_before_its_create_event_has_none(write, play) -> None:  # type: ignore[no-untyped-def]
    made = project(
        {
            "obj_early": {"Create_0": "with (obj_late) instance_destroy();", "Step_0": "game_end();"},
            "obj_late": {"Create_0": 'show_debug_message("late");'},
        },
        {"rm": [("obj_early", 0, 0), ("obj_late", 2, 0)]},
    )
    made["game.yyp"] = json.dumps(json.loads(made["game.yyp"]) | {"MetaData": {"IDEVersion": "2022.0.3.85"}})
    assert play(write(made) / "game.yyp") == (0, [])


HANDLES = """
var list = ds_list_create(), map = ds_map_create();
ds_map_add(map, "list", list);
show_debug_message(string(list) + " " + typeof(list) + " " + string(is_real(list)));
show_debug_message(list);
show_debug_message([list, "x"]);
show_debug_message(real(string(list)) == list);
show_debug_message(json_encode(map));
show_debug_message("list" + string(R));
"""


@pytest.mark.parametrize(
    ("version", "printed"),
    [
        ("2022.0.3.85", ["0 number 1", "0", '[ 0,"x" ]', "1", '{"list":0.0}', "list0"]),
        ("2024.2.0.1", ["ref ds_list 0 ref 0", "ref ds_list 0", '[ ref ds_list 0,"x" ]']),
    ],
)
def test_handles_are_numbers_before_2023(write, play, version: str, printed: list[str]) -> None:  # type: ignore[no-untyped-def]
    code, found = play(write(files(HANDLES, version)) / "game.yyp")
    assert (code, found[: len(printed)]) == (0 if len(found) > 3 else 1, printed)


REUSED = """
var old = ds_map_create();
ds_map_destroy(old);
var made = ds_map_create();
ds_map_add(made, "a", 5);
show_debug_message(ds_exists(old, ds_type_map));
show_debug_message(ds_map_find_value(old, "a"));
show_debug_message(old[? "a"]);
"""


def test_a_destroyed_handle_means_what_has_its_number_before_2023(write, play) -> None:  # type: ignore[no-untyped-def]
    assert play(write(files(REUSED, "2022.0.3.85")) / "game.yyp") == (0, ["1", "5", "5"])
    assert play(write(files(REUSED, "2024.2.0.1")) / "game.yyp")[1][:1] == ["0"]


OTHER_KIND = """
var map = ds_map_create(), list = ds_list_create();
show_debug_message([ds_exists(list, ds_type_map), ds_exists(map, ds_type_list), ds_exists(list, ds_type_grid)]);
"""


@pytest.mark.parametrize(("version", "found"), [("2022.0.3.85", "[ 1,1,0 ]"), ("2024.2.0.1", "[ 0,0,0 ]")])
def test_a_handle_means_what_has_its_number_in_another_kind_before_2023(write, play, version: str, found: str) -> None:  # type: ignore[no-untyped-def]
    assert play(write(files(OTHER_KIND, version)) / "game.yyp") == (0, [found])


@pytest.mark.parametrize(("version", "count"), [("2024.8.1.171", 0), ("2024.11.0.179", 1)])
def test_check_tells_of_constructors_without_new_where_they_fail(write, version: str, count: int) -> None:  # type: ignore[no-untyped-def]
    found = check([write(files("function Base() constructor { }\nBase();", version)) / "game.yyp"])
    assert [each.code for each in found] == ["constructor-call"] * count


def test_assets_are_numbers_in_enums(write, play) -> None:  # type: ignore[no-untyped-def]
    code = (
        "enum Kind { NONE = noone, FIRST = obj_one, SECOND = obj_two, THIRD, HOME = rm }\n"
        'show_debug_message($"{Kind.NONE} {Kind.FIRST} {Kind.SECOND} {Kind.THIRD} {Kind.HOME}");\n'
        'show_debug_message($"{Kind.SECOND == obj_two} {typeof(Kind.SECOND)} {object_get_name(Kind.SECOND)}");\n'
        "show_debug_message(room_get_name(Kind.HOME));\n"
        "with (instance_create_depth(0, 0, 0, Kind.SECOND)) show_debug_message(object_get_name(object_index));\n"
        "game_end();"
    )
    made = project({"obj_one": {"Create_0": code}, "obj_two": {}}, {"rm": [("obj_one", 0, 0)]})
    assert play(write(made) / "game.yyp") == (0, ["-4 0 1 2 0", "1 int64 obj_two", "rm", "obj_two"])


def test_missing_creation_code_is_told_of_once(write) -> None:  # type: ignore[no-untyped-def]
    made = project({"obj_one": {}}, {f"rm_{n}": [] for n in range(3)})
    for n in range(3):
        path = f"rooms/rm_{n}/rm_{n}.yy"
        made[path] = json.dumps(json.loads(made[path]) | {"creationCodeFile": f"rooms/rm_{n}/RoomCreationCode.gml"})
    found = check([write(made) / "game.yyp"])
    words = "the creation code of rm_0 is missing: the project names this file (3 places)"
    assert [each.message for each in found] == [words]


NUMBERS = [
    ('real("12abc")', "12"),
    ('real(" -1.5e2 apples")', "-150"),
    ('real("0x1Fq")', "31"),
    ('real(".5.5")', "0.50"),
    ('real("infobar")', "inf"),
    ('real("-infobar")', "-inf"),
    ('real("nano")', "NaN"),
    ('int64("42 apples")', "42"),
    ('real(string_copy("8px", 1, 3))', "8"),
    ('real("apples 42")', "error"),
    ('int64("")', "error"),
    ('real("")', "error"),
]

TEXTS = [
    ('json_parse("[1] and more")[0]', "1"),
    ('json_parse("{\\"a\\":2}}").a', "2"),
    ('json_parse("  [1,] // end\\n x")[0]', "1"),
    ('json_parse("7 8")', "7"),
    ('json_decode("{\\"a\\":2} x")[? "a"]', "2"),
    ('json_parse("[1")', "error"),
    ('json_parse("x [1]")', "error"),
    ('json_parse("")', "error"),
]


@pytest.mark.parametrize(
    ("version", "options", "numbers", "json"),
    [
        ("2024.8.1.171", {}, True, True),
        ("2024.11.0.179", {}, False, True),
        ("2024.14.0.1", {}, False, False),
        ("2024.14.0.1", {NUMBER: True}, True, False),
        ("2024.14.0.1", {JSON: True}, False, True),
        ("2023.6.0.1", {NUMBER: False, JSON: False}, False, False),
    ],
)
def test_what_stands_behind_numbers_and_json(write, play, version, options, numbers, json) -> None:  # type: ignore[no-untyped-def]
    def line(code: str) -> str:
        return f'try {{ r = {code} ?? "error"; }} catch (e) {{ r = "error"; }} show_debug_message(r);'

    text = "var r;\n" + "\n".join(line(code) for code, _ in (*NUMBERS, *TEXTS))
    wanted = [printed if numbers else "error" for _, printed in NUMBERS]
    wanted += [printed if json else "error" for _, printed in TEXTS]
    assert play(write(files(text, version, **options)) / "game.yyp") == (0, wanted)


def test_the_list_of_rooms_of_2_3_0(write, play) -> None:  # type: ignore[no-untyped-def]
    rooms = {name: [("obj", 0, 0)] for name in ("rm_alpha", "rm_first")}
    made = project({"obj": {"Create_0": "show_debug_message(room_get_name(room)); game_end();"}}, rooms)
    facts = json.loads(made["game.yyp"])
    del facts["RoomOrderNodes"]
    facts["RoomOrder"] = [{"name": name, "path": f"rooms/{name}/{name}.yy"} for name in ("rm_first", "rm_alpha")]
    made["game.yyp"] = json.dumps(facts)
    assert play(write(made) / "game.yyp") == (0, ["rm_first"])

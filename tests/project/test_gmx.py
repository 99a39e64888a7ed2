"""`.project.gmx` projects of GameMaker: Studio 1.4."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.build.checking import check
from gmlrun.errors import SourceErrors
from gmlrun.game import Game

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]


def action(code: str, number: int = 603) -> str:
    return f"""<action><libid>1</libid><id>{number}</id><kind>7</kind><exetype>2</exetype>
      <arguments><argument><kind>1</kind><string>{code}</string></argument></arguments></action>"""


GAME = {
    "game.project.gmx": """<assets>
      <scripts name="scripts"><scripts name="inner"><script>scripts\\add_one.gml</script></scripts>
        <script>scripts\\more.gml</script></scripts>
      <sprites name="sprites"><sprite>sprites\\spr_hero</sprite></sprites>
      <objects name="objects"><object>objects\\obj_child</object><object>objects\\obj_actor</object></objects>
      <rooms name="rooms"><room>rooms\\rm_menu</room></rooms>
      <constants number="1"><constant name="LIMIT">3 + 4</constant></constants>
    </assets>""",
    "scripts/add_one.gml": "/// add_one(n)\nreturn argument0 + 1;",
    "scripts/more.gml": "#define more_a\nreturn 1;\n#define more_b\nreturn more_a() + argument[0];",
    "objects/obj_actor.object.gmx": f"""<object><spriteName>spr_hero</spriteName><solid>0</solid><visible>-1</visible>
      <depth>5</depth><persistent>-1</persistent><parentName>&lt;undefined&gt;</parentName><events>
      <event eventtype="0" enumb="0">{action("var a = 1;")}{action("show_debug_message(LIMIT + add_one(1));")}</event>
      <event eventtype="7" enumb="10">{action('show_debug_message("user");')}</event></events></object>""",
    "objects/obj_child.object.gmx": """<object><parentName>obj_actor</parentName><events/></object>""",
    "rooms/rm_menu.room.gmx": """<room><width>320</width><height>200</height><speed>25</speed><persistent>0</persistent>
      <code>show_debug_message(more_b(2) + room_speed);\nwith (obj_child) event_user(0);\ngame_end();</code>
      <instances><instance objName="obj_child" x="8" y="9" name="inst_1" code="show_debug_message(x);" scaleX="2"/>
      </instances></room>""",
}


def test_a_project_of_1_4(write: Write, play: Play) -> None:
    assert play(write(GAME) / "game.project.gmx") == (0, ["9", "8", "28", "user"])


def test_instances_have_the_depth_of_their_object(write: Write, play: Play) -> None:
    code = (
        "with (instance_create(3, 4, obj_actor)) show_debug_message([x, y, depth]);\nwith (obj_child) game_end(depth);"
    )
    room = GAME["rooms/rm_menu.room.gmx"].replace("game_end();", code)
    assert play(write({**GAME, "rooms/rm_menu.room.gmx": room})) == (0, ["9", "8", "28", "user", "9", "[ 3,4,5 ]"])


def test_a_depth_may_be_large(write: Write, play: Play) -> None:
    actor = GAME["objects/obj_actor.object.gmx"].replace("<depth>5<", "<depth>-1000000<")
    room = GAME["rooms/rm_menu.room.gmx"].replace("game_end();", "show_debug_message(obj_child.depth); game_end();")
    child = GAME["objects/obj_child.object.gmx"].replace("<events/>", "<depth>-90000001</depth><events/>")
    files = {"objects/obj_actor.object.gmx": actor, "objects/obj_child.object.gmx": child}
    assert play(write({**GAME, **files, "rooms/rm_menu.room.gmx": room}))[1][-1] == "-90000001"


def test_each_room_has_its_speed(write: Write, play: Play) -> None:
    menu, say = GAME["rooms/rm_menu.room.gmx"], "show_debug_message(room_speed);"
    files = {
        **GAME,
        "game.project.gmx": GAME["game.project.gmx"].replace("</rooms>", "<room>rooms\\rm_fast</room></rooms>"),
        "rooms/rm_menu.room.gmx": menu.replace("game_end();", "room_goto(rm_fast);"),
        "rooms/rm_fast.room.gmx": f"<room><speed>90</speed><code>{say} game_end();</code></room>",
    }
    assert play(write(files))[1][-1] == "90"


def test_a_folder_with_one(write: Write, play: Play) -> None:
    assert play(write(GAME))[0] == 0


def test_what_is_broken_in_it(write: Write) -> None:
    folder = write({**GAME, "objects/obj_child.object.gmx": "<object>"})
    with pytest.raises(SourceErrors, match="the object obj_child: no element found"):
        Game.load([folder])


DROPPED = "<action><kind>0</kind><exetype>1</exetype><functionname>action_of_mine</functionname></action>"


def test_unknown_actions_are_left_out_and_told_of(write: Write) -> None:
    files = {
        **GAME,
        "objects/obj_child.object.gmx": f"""<object><parentName>obj_actor</parentName><events>
      <event eventtype="3" enumb="0">{DROPPED}</event></events></object>""",
    }
    assert [found.code for found in check([str(write(files))])] == ["drag-and-drop"]


def acting(actions: str, room: str = "game_end();") -> dict[str, str]:
    """The game with an object whose Create does these actions, and a room with this creation code."""
    child = "<object><depth>-1.5e+07</depth><parentName>self</parentName><events>"
    return {
        **GAME,
        "objects/obj_actor.object.gmx": "<object><parentName>&lt;undefined&gt;</parentName><events/></object>",
        "objects/obj_child.object.gmx": f'{child}<event eventtype="0" enumb="0">{actions}</event></events></object>',
        "rooms/rm_menu.room.gmx": f"""<room><code>{room}</code><instances>
          <instance objName="obj_actor" x="1" y="2" name="a"/><instance objName="obj_child" x="8" y="9" name="b"/>
          </instances></room>""",
    }


def asked(name: str, *values: str, who: str = "self") -> str:
    given = "".join(f"<argument><kind>0</kind><string>{value}</string></argument>" for value in values)
    return f"""<action><kind>0</kind><isquestion>-1</isquestion><useapplyto>-1</useapplyto><exetype>1</exetype>
      <functionname>{name}</functionname><whoName>{who}</whoName><arguments>{given}</arguments></action>"""


BEGIN, END, ELSE = (f"<action><kind>{kind}</kind></action>" for kind in (1, 2, 3))


def test_another_instance_answers_a_question(write: Write, play: Play) -> None:
    say = [action(f"show_debug_message({number});") for number in range(4)]
    other = asked("action_if", "x == 1", who="obj_actor")
    no = asked("action_if", "x == 8", who="obj_actor")
    actions = f"{other}{BEGIN}{say[0]}{say[1]}{END}{ELSE}{say[2]}{no}{say[2]}{ELSE}{other}{say[3]}"
    assert play(write(acting(actions))) == (0, ["0", "1", "3"])


def test_a_question_with_nothing_behind_it(write: Write, play: Play) -> None:
    once = asked("action_if", "x == 8")
    assert play(write(acting(f"{BEGIN}{once}{END}{action('show_debug_message(1);')}{once}"))) == (0, ["1"])


def test_depths_have_exponents(write: Write, play: Play) -> None:
    assert play(write(acting(action("show_debug_message(depth);")))) == (0, ["-15000000"])


def test_an_object_whose_parent_is_itself_has_none(write: Write, play: Play) -> None:
    assert play(write(acting(action("show_debug_message(object_get_parent(obj_child));")))) == (0, ["-100"])


def test_audio_groups_are_assets(write: Write, play: Play) -> None:
    files = acting(action("show_debug_message(asset_get_index('grp_music') == grp_music);"))
    groups = "<audiogroups name='audiogroups'><audiogroup name='audiogroup_default'/><audiogroup name='grp_music'/>"
    files["game.project.gmx"] = GAME["game.project.gmx"].replace("</assets>", f"{groups}</audiogroups></assets>")
    assert play(write(files)) == (0, ["1"])


def test_the_creation_code_of_a_room_has_a_place(write: Write, play: Play) -> None:
    asked = "[x, y, image_index, alarm[3], place_free(0, 0), place_meeting(1, 2, obj_actor)]"
    room = f"show_debug_message({asked}); instance_create(x + 3, y, obj_actor); game_end();"
    assert play(write(acting("", room))) == (0, ["[ 0,0,0,-1,1,0 ]"])


def test_lists_of_variables_as_1_4_took_them(write: Write, play: Play) -> None:
    code = """globalvar one, two
      three, four
      five;
      three = 3; five = 5;
      var a, b
      c = 7;
      var self.mine = 4;
      show_debug_message([three, five, c, mine, variable_instance_exists(id, 'c')]);"""
    files = acting(action(code))
    assert play(write(files)) == (0, ["[ 3,5,7,4,1 ]"])
    assert {found.code for found in check([str(write(files))])} == {"old-syntax"}


def test_constants_of_a_configuration(write: Write, play: Play) -> None:
    files = acting(action("show_debug_message([SERVER, LIMIT]);"))
    files["game.project.gmx"] = GAME["game.project.gmx"].replace(
        "</assets>", "<Configs><Config>Configs\\Default</Config><Config>Configs\\Beta</Config></Configs></assets>"
    )
    for name, host in (("Default", "live"), ("Beta", "test")):
        made = f'<constants number="1"><constant name="SERVER">"{host}"</constant></constants>'
        files[f"Configs/{name}.config.gmx"] = f"<Config><ConfigConstants>{made}</ConfigConstants></Config>"
    folder = write(files)
    assert play(folder) == (0, ['[ "live",7 ]'])
    assert play(folder, config="Beta") == (0, ['[ "test",7 ]'])


def test_the_errors_of_1_4_go_on_unless_they_abort(write: Write, play: Play) -> None:
    code = "show_error('odd', false); show_debug_message(1); show_error('bad', true); show_debug_message(2);"
    assert play(write(acting(action(code))))[1] == ["1"]


def test_words_behind_numbers_and_var_before_parentheses(write: Write, play: Play) -> None:
    code = "p = id; if (x &gt; 5and x &lt; 240) { var (p.made) = 3; } show_debug_message(made mod 2and true);"
    assert play(write(acting(action(code)))) == (0, ["1"])


def test_actions_called_by_their_names_are_absent(write: Write) -> None:
    files = acting(
        action("action_create_object_motion(obj_actor, 0, 0, 1, 2); YoYo_AddVirtualKey(1); move_contact(3);")
    )
    assert {found.code for found in check([str(write(files))])} == {"absent-builtin"}


def test_an_array_of_views_without_an_index_is_its_first_element(write: Write, play: Play) -> None:
    room = """view_wview = 320; view_wview[1] = 8; view_xview += 5;
    show_debug_message(string(view_wview / 4) + ' ' + string(view_wview[1]) + ' ' + string(view_xview[0]));
    game_end();"""
    assert play(write(acting("", room))) == (0, ["80 8 5"])


def test_a_create_event_has_no_other_instance(write: Write, play: Play) -> None:
    """Its actions that are for the other one are for its own, whoever creates it."""
    code = action("mine = 5; show_debug_message(object_get_name(object_index));")
    code = code.replace("<exetype>2", "<useapplyto>-1</useapplyto><whoName>other</whoName><exetype>2")
    made = acting(
        code, room="with (obj_actor) instance_create(0, 0, obj_child); show_debug_message(obj_child.mine); game_end();"
    )
    assert play(write(made)) == (0, ["obj_child", "obj_child", "5"])


def test_each_array_has_rows(write: Write, play: Play) -> None:
    code = """var a, b, e = 0; a[2] = 7; b[1, 2] = 8;
        show_debug_message(string(array_height_2d(a)) + string(array_length_2d(a, 0)) + string(array_length_1d(a)));
        show_debug_message(string(array_height_2d(b)) + string(array_length_2d(b, 1)) + string(array_length_2d(b, 7)));
        show_debug_message(string(array_height_2d(e)) + string(array_length_1d(e)));
        b[0, 4] = 1; show_debug_message(array_length_1d(b));"""
    assert play(write(acting(action(code)))) == (0, ["133", "230", "00", "5"])


def test_global_variables_are_0_where_they_are_declared(write: Write, play: Play) -> None:
    code = """globalvar first, second
        third; second = 5; globalvar second, fourth;
        show_debug_message(string(first) + string(global.second) + string(third));"""
    assert play(write(acting(action(code)))) == (0, ["050"])

"""Sprites that a program makes: copies, and pictures of files and of data URLs, whose masks collide."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.project.test_precise_masks import CHECKS, picture, picture_of, project, seen

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

FACTS = "show_debug_message([sprite_get_width(n), sprite_get_height(n), sprite_get_number(n), sprite_get_xoffset(n)]);"
BOX = "show_debug_message([sprite_get_bbox_left(n), sprite_get_bbox_right(n), sprite_get_bbox_bottom(n)]);"


def ran(write: Write, play: Play, code: str, alphas: dict[tuple[int, int], int] | None = None) -> list[str]:
    path = write(project(1, 0, code))
    picture(path / "datafiles" / "strip.png", alphas or {(1, 2): 255, (5, 6): 255})
    (path / "datafiles" / "broken.png").write_bytes(b"GIF89a")
    exit_code, lines = play(path)
    assert exit_code == 0
    return lines


def test_copies(write: Write, play: Play) -> None:
    code = f"""n = sprite_duplicate(spiky); {FACTS} sprite_set_offset(n, 3, 0); s.sprite_index = n;
        show_debug_message([s.bbox_left, sprite_get_xoffset(spiky), sprite_exists(n), sprite_get_name(n)]);
        var m = sprite_duplicate(dot); sprite_merge(m, n);
        show_debug_message([sprite_get_number(m), sprite_get_number(n)]);
        sprite_assign(n, dot); show_debug_message(s.bbox_right - s.bbox_left);
        show_debug_message([sprite_delete(n), sprite_delete(n), sprite_exists(n), s.bbox_right - s.bbox_left]);
        show_debug_message([sprite_duplicate(-1), sprite_duplicate(99)]);"""
    assert ran(write, play, code) == [
        "[ 8,8,2,0 ]",
        '[ 97,0,1,"__newsprite2" ]',
        "[ 3,2 ]",
        "1",
        "[ 1,0,0,0 ]",
        "[ -1,-1 ]",
    ]


@pytest.mark.parametrize("call", ["sprite_assign(spiky, dot)", "sprite_merge(spiky, dot)", "sprite_delete(spiky)"])
def test_sprites_of_the_project_stay(write: Write, play: Play, call: str) -> None:
    code = f"try {{ {call}; }} catch (e) {{ show_debug_message(e.message); }} n = spiky; {FACTS}"
    message, facts = ran(write, play, code)
    assert message.startswith(call.partition("(")[0])
    assert facts == "[ 8,8,2,0 ]"


def test_a_strip_of_frames(write: Write, play: Play) -> None:
    code = f"""n = sprite_add("strip.png", 2, false, false, 1, 0); {FACTS} {BOX}
        sprite_collision_mask(n, true, bboxmode_fullimage, 0, 0, 0, 0, bboxkind_precise, 0);
        s.sprite_index = n; s.x += 1; s.image_index = 1; {picture_of(CHECKS[0])}"""
    lines = ran(write, play, code)
    assert lines[:2] == ["[ 4,8,2,1 ]", "[ 1,1,6 ]"]
    assert seen(lines[2:]) == {(1, 6)}


def test_a_background_is_no_part_of_the_mask(write: Write, play: Play, tmp_path: Path) -> None:
    image = Image.new("RGB", (4, 4), (10, 20, 30))
    image.putpixel((2, 1), (99, 0, 0))
    image.save(tmp_path / "made.png")
    url = "data:image/png;base64," + base64.b64encode((tmp_path / "made.png").read_bytes()).decode()
    code = f'''n = sprite_duplicate(dot); sprite_replace(n, "{url}", 1, true, false, 0, 0); {FACTS} {BOX}
        sprite_replace(n, "{url}", 1, false, false, 0, 0); {BOX}'''
    assert ran(write, play, code) == ["[ 4,4,1,0 ]", "[ 2,2,1 ]", "[ 0,3,3 ]"]


@pytest.mark.parametrize(
    "name", ["broken.png", "none.png", "data:image/png;base64,@@", "data:,", "http://localhost/a.png"]
)
def test_what_is_no_picture(write: Write, play: Play, name: str) -> None:
    code = f'''n = sprite_duplicate(dot); show_debug_message(sprite_add("{name}", 1, false, false, 0, 0));
        sprite_replace(n, "{name}", 1, false, false, 0, 0); {FACTS}'''
    assert ran(write, play, code) == ["-1", "[ 8,8,1,0 ]"]


def test_more_frames_than_pixels(write: Write, play: Play) -> None:
    assert ran(write, play, 'show_debug_message(sprite_add("strip.png", 9, false, false, 0, 0));') == ["-1"]
    assert ran(write, play, f'n = sprite_add("strip.png", -5, false, false, 0, 0); {FACTS}') == ["[ 8,8,1,0 ]"]


def test_without_pillow_nothing_is_loaded(write: Write, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    path = write(project(1, 0, 'show_debug_message(sprite_add("strip.png", 1, false, false, 0, 0));'))
    (path / "datafiles").mkdir()
    (path / "datafiles" / "strip.png").write_bytes(b"\x89PNG")
    assert play(path) == (0, ["-1"])

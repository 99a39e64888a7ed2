"""The message of an index out of range has the index and the length, wherever in a function the read stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.game import Game

READS = {
    "array[index]": "[7] out of range [2]",
    "array[9]": "[9] out of range [2]",
    "array[index + number]": "[12] out of range [2]",
    "[[1, 2, 3], array][1][index]": "[7] out of range [2]",
}


def messages(text: str, folder: Path) -> list[str]:
    path, printed = folder / "main.gml", list[str]()
    path.write_text(text, encoding="utf-8")
    assert Game.load([path], output=printed.append).run() == 0
    return printed


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("locals_", [0, 20, 300])
def test_the_index_and_the_length_are_found(read: str, locals_: int, tmp_path: Path) -> None:
    many = "".join(f"var v{at} = {at}; show_debug_message(v{at});" for at in range(locals_))
    text = f"""
        function reads(number) {{
            {many}
            var array = [1, 2], index = 7;
            try {{ show_debug_message({read}); }} catch (error) {{ show_debug_message(error.message); }}
        }}
        reads(5);"""
    words = "Push :: Execution Error - Variable Index "
    assert messages(text, tmp_path)[locals_:] == [words + READS[read]]

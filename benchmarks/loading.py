"""Loading a folder of GML: cold against Lark's own parser, from the compile cache against `python -c pass`.

`python -m benchmarks loading FOLDER` takes any project or folder of GML; without one a project is made up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from lark import Lark
from lark.exceptions import LarkError

from benchmarks.measure import compare, seconds
from gmlrun import project
from gmlrun.build.front_end import FrontEnd
from gmlrun.build.program import Part, Program
from gmlrun.builtins.table import Table
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.project.model import Loaded
from gmlrun.project.single import read_source
from gmlrun.resources import data_dir

TERMINALS = r"""
NAME: /[^\W\d]\w*/
NUMBER: /0[xX][0-9A-Fa-f_]+|\$[0-9A-Fa-f_]+|0[bB][01_]+|\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*|\#[0-9A-Fa-f]{6,8}/
STRING: /@"[^"]*"|@'[^']*'|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'/s
TEMPLATE: /\$"(?:[^"\\{]|\\.|\{(?:[^{}"]|"[^"]*")*\})*"/s
STRUCT_OPEN.-1: /[{]/
ACCESSOR.2: /\[[|?\#@$]/
OPERATOR.2: /&&|\|\||\^\^|==|!=|<>|<=|>=|<<|>>|\?\?(?!=)|[<>&|^*\/%](?!=)|(?:div|mod|and|or|xor)\b/
ASSIGN.2: /(?:[-+*\/%&|^]|\?\?)=/
STEP.3: /\+\+|--/
PREFIX_STEP.2: /(?:\+\+|--)/
SEMICOLON: ";"
DECLARE.2: /(?:var|globalvar|static)\b/
CONSTRUCTOR.2: /constructor\b/
HEAD_END: /\x00/
EVENT.2: /event(?=\s+[a-z_0-9:]+\s*\{)/
EVENT_NAME.3: /(?<=event)\s+[a-z_0-9:]+/
OBJECT.2: /object(?=\s+\w+\s*[:{])/
DEFINE.2: /\#(?:define|event)[^\r\n]*/
SECTION.2: /\#section[^\r\n]*/
PROPERTIES.3: /\#event\s+properties[^\r\n]*/
BLANK.9: /\s+/
COMMENT.9: /\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*\*\//
REMARK.9: /\#macro(?:[^\r\n\\]|\\(?:\r\n|.))*|\#(?:end)?region[^\r\n]*/s
%ignore BLANK
%ignore COMMENT
%ignore REMARK
"""
"""What Lark's lexer needs to read GML with our grammar; ours hands over tokens that it has looked at more closely."""
ROUNDS = 3


def peer() -> Lark:
    """Lark as it comes: the same grammar, a contextual lexer, a tree of its own."""
    text = Path(data_dir("grammar"), "gml.lark").read_text(encoding="utf-8")
    rules = [line for line in text.splitlines() if not line.startswith("%declare")]
    return Lark("\n".join(rules) + TERMINALS, parser="lalr", lexer="contextual", start="program")


def load(folder: Path) -> Loaded:
    """A project, or whatever GML is in a folder."""
    try:
        loaded = project.load([folder])
    except UsageError:
        paths = sorted(str(path) for path in folder.rglob("*.gml"))
        parts = [Part(read_source(path), f"gml_GlobalScript_{n}") for n, path in enumerate(paths)]
        return Loaded(Program(parts))
    return loaded


def readable(parser: Lark, parts: list[Part]) -> list[str]:
    """The texts that Lark's own lexer can make tokens of; macros that change the syntax are beyond it."""
    found = []
    for part in parts:
        try:
            parser.parse(part.source.text)
        except LarkError:
            continue
        found.append(part.source.text)
    return found


def cold(loaded: Loaded) -> None:
    """Prints what parsing and compiling takes, as a multiple of Lark's parsing, a line of source against a line."""
    parser = peer()
    texts = readable(parser, list(loaded.program.parts))
    theirs = min(seconds(lambda: [parser.parse(text) for text in texts]) for _ in range(ROUNDS))
    ours = min(seconds(lambda: FrontEnd(loaded.program, Table()).build()) for _ in range(ROUNDS))
    all_lines = count_lines(part.source.text for part in loaded.program.parts)
    their_lines = count_lines(texts)
    ratio = (ours / all_lines) / (theirs / their_lines)
    print(f"  {'cold':<18} {ratio:5.2f}   (goal: at most 4)   {all_lines / ours:7.0f} lines a second of {all_lines}")
    print(
        f"  {'':<18}         Lark alone: {their_lines / theirs:7.0f} lines a second of {their_lines} that it can read"
    )


def count_lines(texts: object) -> int:
    return sum(text.count("\n") + 1 for text in texts)  # type: ignore[attr-defined]


START = """
import sys
from gmlrun.cache import Cache
from gmlrun.game import Game
Game.load(sys.argv[1:], cache=Cache(), on_warning=lambda warning: None).link()
"""


def from_cache(folder: Path) -> None:
    """Prints what it takes until a program is ready to run, as a multiple of `python -c pass`."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "XDG_CACHE_HOME": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed gmlrun has its bytecode

        def run(*words: str) -> None:
            subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, env=environment)

        mine, theirs = compare(lambda: run("-c", START, str(folder)), lambda: run("-c", "pass"), rounds=9)
    print(f"  {'from the cache':<18} {mine / theirs:5.2f}   (goal: at most 25)   {mine * 1000:7.0f} ms")


SCRIPT = """
/// @desc Counts what is near.
function count_near_{n}(_x, _y, _radius = {n} + 32) {{
    static calls = 0;
    calls++;
    var _found = 0, _nearest = {{ distance: infinity, name: "none", at: [_x, _y] }};
    for (var i = 0; i < array_length(global.places); i++) {{
        var _place = global.places[i];
        var _distance = point_distance(_x, _y, _place.x, _place[$ "y"]);
        if (_distance > _radius || _place.hidden == true) continue;
        _found += 1;
        if (_distance < _nearest.distance) {{
            _nearest.distance = _distance;
            _nearest.name = $"place {{i}} of {{array_length(global.places)}}";
        }}
    }}
    switch (_found) {{
        case 0: return undefined;
        case 1: return _nearest;
        default: show_debug_message("many: " + string(_found) + (calls > 10 ? " again" : ""));
    }}
    return _nearest;
}}

function Place_{n}(_name, _x, _y) constructor {{
    name = _name;
    x = _x;
    y = _y;
    hidden = false;
    static send = function(_socket, _buffer) {{
        buffer_seek(_buffer, buffer_seek_start, 0);
        buffer_write(_buffer, buffer_u8, {n} mod 256);
        buffer_write(_buffer, buffer_string, name);
        buffer_write(_buffer, buffer_f32, x);
        buffer_write(_buffer, buffer_f32, y);
        return network_send_packet(_socket, _buffer, buffer_tell(_buffer));
    }};
    static toString = function() {{ return name + ": " + string(x) + ", " + string(y); }};
}}
"""
SCRIPTS = 250


def made_up(folder: Path) -> None:
    """Writes a project of about 10,000 lines, as GML mostly looks."""
    for n in range(SCRIPTS):
        path = folder / "scripts" / f"script_{n}"
        path.mkdir(parents=True)
        (path / f"script_{n}.gml").write_text(SCRIPT.format(n=n), encoding="utf-8")


def main(*folders: str) -> None:
    """Prints both ratios for each folder."""
    if not folders:
        with tempfile.TemporaryDirectory() as made:
            made_up(Path(made))
            measure(Path(made), "a project made up")
    for folder in folders:
        measure(Path(folder), folder)


def measure(folder: Path, name: str) -> None:
    """Prints the ratios of one folder."""
    print(f"loading {name} (less is better)")
    try:
        cold(load(folder))
        from_cache(folder)
    except SourceErrors as errors:
        print(f"  it has {len(errors.diagnostics)} errors: see gmlrun check")

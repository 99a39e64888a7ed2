"""The recipes of CONTRIBUTING.md, each applied to a copy of gmlrun: what they name is all that there is to do."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT


class Edit(NamedTuple):
    """A text that goes into a file before an anchor; without an anchor, to its end (the file may be new)."""

    file: str
    text: str
    anchor: str = ""


class Recipe(NamedTuple):
    """What is edited, what is run then, and what that prints."""

    edits: list[Edit]
    words: list[str]
    program: str
    output: str


BUILTIN = Recipe(
    [
        Edit(
            "gmlrun/builtins/strings.py",
            '''

@chapter
def string_shout(str: String, times: Int) -> str:
    """A text in capitals, with that many exclamation marks."""
    return str.upper() + "!" * times
''',
        )
    ],
    ["run", "program.gml"],
    """
show_debug_message(string_shout("hello", 2));
try { string_shout("hello", []); } catch (e) { show_debug_message(e.message); }
""",
    "HELLO!!\nargument 2 of string_shout: expected a number, got [  ]\n",
)

STATEMENT = Recipe(
    [
        Edit(
            "grammar/gml.lark",
            '               | "unless" expression statement                     -> unless_statement\n',
            '               | "while" expression',
        ),
        Edit("gmlrun/language.py", '    "unless": "unless",\n', '    **{"begin": "{"'),
        Edit(
            "gmlrun/syntax/nodes.py",
            "class Unless(Statement):\n    condition: Expression\n    then: Statement\n\n\n",
            "class While(Statement):",
        ),
        Edit(
            "gmlrun/syntax/builder.py",
            '    "unless_statement": nodes.Unless,\n',
            '    "while_statement": nodes.While,',
        ),
        Edit(
            "gmlrun/compiler/statements.py",
            "@lowers(nodes.Unless)\n"
            "def unless(state: FunctionState, node: nodes.Unless) -> list[ast.stmt]:\n"
            "    condition = ast.UnaryOp(ast.Not(), state.truth(node.condition), **state.py.where)\n"
            "    return [state.py.branch(condition, state.apart(node.then), [])]\n\n\n",
            "@lowers(nodes.Return)",
        ),
    ],
    ["run", "program.gml"],
    """
function looked(list) {
    var found = 0;
    for (var i = 0; i < 10; i++) {
        unless (list[i] > 0) continue;
        found += list[i];
        unless (found < 5) { found = -found; break; }
    }
    unless (found < 0) return "never";
    return found;
}
show_debug_message(looked([0, 1, 0, 2, 3, 100, 0, 0, 0, 0]));
var later = function() { unless (false) { return i; } };
i = "kept";
show_debug_message(later());
""",
    "-6\nkept\n",
)

EVENT = Recipe(
    [Edit("gmlrun/engine/events.py", '    "other_moonrise": 99,\n', '    "other_close_button": 30,')],
    ["run", "program.gml"],
    'event other_moonrise { show_debug_message("up"); }\nevent create { event_perform(ev_other, 99); }\n',
    "up\n",
)

SOCKET_TYPE = Recipe(
    [
        Edit(
            "gmlrun/net/protocols/loud.py",
            '''"""Streams in capitals: what is sent arrives in upper case."""

from __future__ import annotations

from collections.abc import Callable

from gmlrun.net.backend import NetworkLimits
from gmlrun.net.protocol import Destination, StreamProtocol
from gmlrun.net.protocols.stream import RawStream


class LoudStream(RawStream):
    """A raw stream whose sender shouts."""

    def wrap(self, payload: bytes, raw: bool = False, is_text: bool = False) -> bytes:
        return payload.upper()


def server_protocols(raw: bool, limits: NetworkLimits) -> Callable[[], StreamProtocol]:
    """What makes the protocols of the clients of a server."""
    return LoudStream


def client_protocol(url: str, port: int, raw: bool, limits: NetworkLimits) -> Destination:
    """A connection to a host."""
    return Destination(url, port, LoudStream())
''',
        ),
        Edit(
            "gmlrun/net/protocol.py", '"loud": "gmlrun.net.protocols.loud", ', '"ws": "gmlrun.net.protocols.websocket"'
        ),
        Edit("gmlrun/engine/sockets.py", '9: "loud", ', 'TCP: "tcp"'),
    ],
    ["run", "program.gml", "--bind=127.0.0.1", "--map-port=6510=0"],
    """
network_create_server_raw(9, 6510, 4);
client = network_create_socket(9);
network_connect_raw_async(client, "127.0.0.1", 6510);
event async_networking {
    if (async_load[? "type"] == network_type_non_blocking_connect) {
        var b = buffer_create(5, buffer_fixed, 1);
        buffer_write(b, buffer_text, "hello");
        network_send_raw(client, b, 5);
    } else if (async_load[? "type"] == network_type_data) {
        show_debug_message(buffer_read(async_load[? "buffer"], buffer_string));
        game_end();
    }
}
""",
    "HELLO\n",
)

PROMPT_COMMAND = Recipe(
    [
        Edit(
            "gmlrun/repl/commands.py",
            'def moon(console: Console, argument: str) -> Fragments:\n    """How the moon is."""\n'
            '    return said(f"the moon is {argument}")\n\n\n',
            "COMMANDS: dict[str, PromptCommand] = {",
        ),
        Edit(
            "gmlrun/repl/commands.py",
            '    "moon": PromptCommand(moon, "PHASE", "how the moon is"),\n',
            '    "doc": PromptCommand(',
        ),
    ],
    ["repl"],
    ":moon full\n",
    "the moon is full\n",
)

COMMAND = Recipe(
    [
        Edit(
            "gmlrun/cli/commands/moon.py",
            '"""The command `moon`: a phase goes in, a sentence is printed."""\n\n'
            "from gmlrun.cli.options import CommandOptions\n\n\n"
            "def run(options: CommandOptions, arguments: list[str]) -> int:\n"
            '    """Tells how the moon is."""\n    print(f"the moon is {options.phase}")\n    return 0\n',
        ),
        Edit(
            "gmlrun/cli/options.py",
            '    Command("moon", "tell how the moon is", "PHASE", "phase", examples=("gmlrun moon full",)),\n',
            '    Command("doc", ',
        ),
    ],
    ["moon", "new"],
    "",
    "the moon is new\n",
)

RECIPES = {
    "builtin": (BUILTIN, 1),
    "statement": (STATEMENT, 5),
    "event": (EVENT, 1),
    "socket type": (SOCKET_TYPE, 3),
    "command of the prompt": (PROMPT_COMMAND, 1),
    "command": (COMMAND, 2),
}
"""Each recipe, and how many files it touches, tests and documentation apart."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its data."""
    for name in ("gmlrun", "grammar", "stdlib"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def apply(edit: Edit, root: Path) -> None:
    """Makes one edit; an anchor has to stand in the file exactly once."""
    path = root / edit.file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if edit.anchor:
        assert text.count(edit.anchor) == 1, f"{edit.file} has {text.count(edit.anchor)} of {edit.anchor!r}"
        text = text.replace(edit.anchor, edit.text + edit.anchor)
    else:
        text += edit.text
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_all_that_there_is_to_do(name: str, copy: Path, environment: dict[str, str]) -> None:
    recipe, count = RECIPES[name]
    for edit in recipe.edits:
        apply(edit, copy)
    assert len({edit.file for edit in recipe.edits}) == count
    (copy / "program.gml").write_text(recipe.program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "gmlrun", *recipe.words],
        input=recipe.program if recipe.words == ["repl"] else "",
        capture_output=True,
        text=True,
        cwd=copy,
        env={**environment, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=50,
    )
    assert (done.stdout, done.returncode) == (recipe.output, 0), done.stderr


def test_contributing_has_every_recipe() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in RECIPES if f"**A {name}" not in text and f"**An {name}" not in text] == []


LOOK_UP = re.compile(r"^\| ([^|]+) \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)
LOOK_UPS = LOOK_UP.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("what", "file", "name"), LOOK_UPS, ids=[row[0] for row in LOOK_UPS])
def test_what_is_looked_for_is_where_contributing_says(what: str, file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    defined = {getattr(node, "name", getattr(node, "id", None)) for node in ast.walk(tree) if is_definition(node)}
    assert name in defined, f"{what}: there is no {name} in {file}"


def is_definition(node: ast.AST) -> bool:
    """Whether a node defines a function, a class or a name."""
    if isinstance(node, ast.Name):
        return isinstance(node.ctx, ast.Store)
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def test_there_are_ten_look_ups() -> None:
    assert len(LOOK_UPS) == 10

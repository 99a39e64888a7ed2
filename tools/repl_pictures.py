"""Draws docs/repl-*.svg: sessions are really run, over a network in memory, and what they show is set as text.

The texts that are entered stand in SESSIONS; an entry that begins with `@` is what the other end does.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from gmlrun.repl.completion import signature_shown
from gmlrun.repl.console import COMMAND, Console
from gmlrun.repl.highlight import highlighted
from gmlrun.repl.names import SessionNames
from gmlrun.repl.printer import Fragments
from gmlrun.repl.session import Session
from gmlrun.runtime import Runtime

DOCS = Path(__file__).parent.parent / "docs"
COLUMNS = 84
CHARACTER, LINE, MARGIN = 8.4, 19, 16
"""Pixels: the width of a character and the height of a line in the picture, and what is around them."""
NO_BREAK = "\N{NO-BREAK SPACE}"
"""In SVG only these spaces are kept, however many there are."""
PEER, TYPING = "@", "…"

SESSIONS: dict[str, list[str]] = {
    "values": [
        "1 / 3",
        'var name = "gml";',
        'string_upper(name) + "!"',
        'player = {\n    name: name, hp: 100, items: ["sword", "map"],\n'
        "    at: { x: 3, y: 4.5 }, friends: [1, 2, 3, 4, 5]\n};",
        "player",
        "player.itms",
        "function heal(who, amount) {\n    who.hp = min(100, who.hp + amount);\n    return who.hp;\n}",
        "player.hp = 20; heal(player, 30)",
    ],
    "server": [
        "clients = [];",
        "server = network_create_server_raw(network_socket_tcp, 7000, 8);",
        'event async_network {\n    switch (async_load[? "type"]) {\n'
        "        case network_type_connect:\n"
        '            array_push(clients, async_load[? "socket"]);\n'
        '            show_debug_message($"{array_length(clients)} here");\n            break;\n'
        "        case network_type_data:\n"
        '            show_debug_message(buffer_read(async_load[? "buffer"], buffer_text));\n    }\n}',
        f'{PEER}network_connect_raw_async(network_create_socket(0), "localhost", 7000)',
        "clients",
        f'{PEER}b = buffer_create(64, buffer_grow, 1); buffer_write(b, buffer_text, "hello from a client"); '
        "network_send_raw(0, b, buffer_tell(b))",
        ":sockets",
    ],
    "help": [
        ":doc string_copy",
        ":sokets",
        "show_debug_mesage(1)",
        f'{TYPING}string_copy("GameMaker", ',
    ],
}

COLOURS = {
    "": "#e6e6e6",
    "prompt": "#7ec699",
    "continuation": "#808a94",
    "error": "#ff7a76",
    "hint": "#6fd3d3",
    "comment": "#808a94",
    "heading": "#ffffff",
    "number": "#d19ae6",
    "string": "#9fd07a",
    "constant": "#6fd3d3",
    "reference": "#7aa9f7",
    "name": "#e5c07b",
    "keyword": "#7aa9f7",
    "function": "#6fd3d3",
    "directive": "#808a94",
    "argument": "#ffffff",
}


class Recorder:
    """A session, what it shows, and another game at the far end of its network."""

    def __init__(self) -> None:
        self.shown: Fragments = []
        network = MemoryNetwork()
        show = self.shown.extend
        self.console = Console(lambda console: session_over(network, console), show, show, is_interactive=True)
        self.peer = Session(Runtime(log=lambda line: None, backend=MemoryBackend(network)))
        self.console.session.loop.advance()
        self.peer.start()
        self.console.width = lambda: COLUMNS
        self.names = SessionNames(lambda: self.console.session)

    def run(self, text: str) -> None:
        """One entry."""
        if text.startswith(PEER):
            self.peer.feed(text.removeprefix(PEER))
        else:
            self.shown += self.typed(text.removeprefix(TYPING))
            if text.startswith(TYPING):
                self.shown += [("", "\n\n"), *signature_shown(text.removeprefix(TYPING), self.names)]
            else:
                self.shown.append(("", "\n"))
                self.console.enter(text)
        self.settle()

    def typed(self, text: str) -> Fragments:
        """A text as it stands at the prompt."""
        made: Fragments = [("prompt", "gml> ")]
        pieces = [("", text)] if text.startswith(COMMAND) else highlighted(text, self.names.style_of)
        for style, piece in pieces:
            first, *others = piece.split("\n")
            made.append((style, first))
            for line in others:
                made += [("continuation", "\n ... "), (style, line)]
        return made

    def settle(self) -> None:
        """Lets the network carry everything."""
        for _ in range(6):
            for session in (self.console.session, self.peer):
                session.game.rt.network.poll(0.0)
                session.loop.advance()


def session_over(network: MemoryNetwork, console: Console) -> Session:
    """A session whose sockets lead into a network in memory."""
    return Session(Runtime(output=console.print, log=console.log, backend=MemoryBackend(network)), (), console.report)


def recorded(texts: list[str]) -> Fragments:
    """What a terminal shows of a session."""
    recorder = Recorder()
    for text in texts:
        recorder.run(text)
    return recorder.shown


def lines_of(fragments: Fragments) -> Iterator[Fragments]:
    """Fragments cut at the line ends."""
    line: Fragments = []
    for style, text in fragments:
        first, *others = text.split("\n")
        line.append((style, first))
        for other in others:
            yield line
            line = [(style, other)]
    if any(text for _, text in line):
        yield line


def picture(fragments: Fragments) -> str:
    """The lines as an SVG picture."""
    lines = list(lines_of(fragments))
    width = MARGIN * 2 + CHARACTER * max(COLUMNS, *(sum(len(text) for _, text in line) for line in lines))
    height = MARGIN * 2 + LINE * len(lines)
    rows = [
        f'<text x="{MARGIN}" y="{MARGIN + LINE * number + 14}">{"".join(map(span, line))}</text>'
        for number, line in enumerate(lines)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" role="img">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#1d2126"/>\n'
        '<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">\n'
        + "\n".join(rows)
        + "\n</g>\n</svg>\n"
    )


def span(fragment: tuple[str, str]) -> str:
    """One piece of a line."""
    style, text = fragment
    weight = ' font-weight="bold"' if style in ("prompt", "error", "heading", "argument") else ""
    return f'<tspan fill="{COLOURS[style]}"{weight}>{escape(text.replace(" ", NO_BREAK))}</tspan>' if text else ""


def pictures() -> dict[str, str]:
    """The text of each picture by the name of its file."""
    return {f"repl-{name}.svg": picture(recorded(texts)) for name, texts in SESSIONS.items()}


if __name__ == "__main__":
    for name, text in pictures().items():
        (DOCS / name).write_text(text, encoding="utf-8")

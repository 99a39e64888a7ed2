"""An HTTP service whose rules are GML: POST {"name": "Ada", "dice": [3, 3]} to /play.

python examples/embedding/service.py [PORT]
"""

from __future__ import annotations

import sys
from pathlib import Path

from aiohttp import web

from gmlrun import Game, GmlError, SourceErrors, plain

RULES = Path(__file__).with_name("rules.gml")


def application(rules: Path = RULES) -> web.Application:
    game = Game(rules)
    moves: list[tuple[str, float]] = []
    read = rules.stat().st_mtime_ns

    @game.function
    def log_move(name: str, points: float) -> None:
        """Keeps a move."""
        moves.append((name, points))

    async def play(request: web.Request) -> web.Response:
        nonlocal read
        if rules.stat().st_mtime_ns != read:
            read = rules.stat().st_mtime_ns
            try:
                game.reload()
            except SourceErrors as errors:
                print(errors, file=sys.stderr)
        try:
            move = await request.json()
            answer = plain(game.call("play", move["name"], move["dice"]))
        except (GmlError, KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(answer)

    app = web.Application()
    app.router.add_post("/play", play)
    return app


if __name__ == "__main__":
    web.run_app(application(), port=int(sys.argv[1]) if len(sys.argv) > 1 else 8080)

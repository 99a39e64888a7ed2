"""Frames of moving balls among walls: gmlrun against the same game in bare Python with a uniform grid of the walls.

Once with Collision events, once with `place_meeting` in the Step event. The aim is at most 2.0; five times as many
balls must take about five times as long.
"""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

from benchmarks.measure import compare
from gmlrun.game import Game

COUNTS = (2_000, 10_000)
WALLS = 500
FRAMES = 10
CELL = 64
SIZE = 16
SIDE = {2_000: 3000, 10_000: 6700}
"""The side of the room, so that both games are as crowded."""

CODE = {
    "Collision events": {"Collision_obj_wall": "hits += 1; hspeed = -hspeed; vspeed = -vspeed;"},
    "place_meeting": {
        "Step_0": "if (place_meeting(x + hspeed, y + vspeed, obj_wall)) "
        "{ hits += 1; hspeed = -hspeed; vspeed = -vspeed; }"
    },
}
SPRITE = {
    "name": "spr_box",
    "width": SIZE,
    "height": SIZE,
    "bbox_left": 0,
    "bbox_top": 0,
    "bbox_right": SIZE - 1,
    "bbox_bottom": SIZE - 1,
    "collisionKind": 1,
    "frames": [{}],
    "sequence": {"xorigin": 0, "yorigin": 0},
}


def places(count: int) -> tuple[list[tuple[float, float, float, float]], list[tuple[float, float]]]:
    """Where balls start, with their speeds, and where walls stand."""
    dice, side = random.Random(count), SIDE[count]
    balls = [
        (dice.uniform(0, side), dice.uniform(0, side), dice.uniform(-3, 3), dice.uniform(-3, 3)) for _ in range(count)
    ]
    return balls, [(float(dice.randrange(side)), float(dice.randrange(side))) for _ in range(WALLS)]


def project(folder: Path, events: dict[str, str], count: int) -> Path:
    """Writes the game as a project."""
    balls, walls = places(count)
    made = [f"instance_create_depth({x}, {y}, 0, obj_wall);" for x, y in walls]
    made += [
        f"with (instance_create_depth({x:f}, {y:f}, 0, obj_ball)) {{ hspeed = {h:f}; vspeed = {v:f}; }}"
        for x, y, h, v in balls
    ]
    code = {"obj_ball": {"Create_0": "hits = 0;", **events}, "obj_wall": {}}
    entries = [
        ("sprites", "spr_box", SPRITE),
        ("rooms", "rm", {"name": "rm", "creationCodeFile": "RoomCreationCode.gml"}),
    ]
    for name, files in code.items():
        facts = {"name": name, "spriteId": {"name": "spr_box"}, "eventList": [event(file) for file in files]}
        entries.append(("objects", name, facts))
        for file, text in files.items():
            write(folder / "objects" / name / f"{file}.gml", text)
    write(folder / "rooms/rm/RoomCreationCode.gml", "\n".join(made))
    write(folder / "options/main/options_main.yy", json.dumps({"option_collision_compatibility": False}))
    resources = []
    for kind, name, facts in entries:
        path = f"{kind}/{name}/{name}.yy"
        resources.append({"id": {"name": name, "path": path}})
        write(folder / path, json.dumps(facts))
    found = folder / "game.yyp"
    write(found, json.dumps({"resources": resources, "RoomOrderNodes": [{"roomId": {"name": "rm"}}]}))
    return found


def event(file: str) -> dict[str, object]:
    """What a project says of an event's file."""
    word, _, rest = file.partition("_")
    return {
        "eventType": {"Create": 0, "Step": 3, "Collision": 4}[word],
        "eventNum": 0,
        "collisionObjectId": {"name": rest} if word == "Collision" else None,
    }


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class GmlFrames:
    """The game in GML."""

    def __init__(self, events: dict[str, str], count: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.game = Game.load([project(Path(folder), events, count)])
            self.loop = self.game.prepare_loop()
            self.game.start()
            self.run()  # which reads the sprite's file

    def run(self) -> None:
        """A few frames."""
        for _ in range(FRAMES):
            self.loop.frame()

    @property
    def hits(self) -> float:
        return sum(ball.hits for ball in self.game.world.by_name["obj_ball"].instances.values())


class Body:
    """A ball or a wall."""

    def __init__(self, x: float, y: float, hspeed: float = 0.0, vspeed: float = 0.0) -> None:
        self.x, self.y, self.hspeed, self.vspeed = x, y, hspeed, vspeed
        self.hits = 0.0


class PythonFrames:
    """The game in Python: `is_ahead` looks where a ball is going, as `place_meeting` does, and not where it is."""

    def __init__(self, is_ahead: bool, count: int) -> None:
        balls, walls = places(count)
        self.balls = [Body(*ball) for ball in balls]
        self.is_ahead = is_ahead
        self.cells: dict[tuple[int, int], list[Body]] = {}
        for wall in (Body(*place) for place in walls):
            for column in range(int(wall.x) // CELL, int(wall.x + SIZE) // CELL + 1):
                for row in range(int(wall.y) // CELL, int(wall.y + SIZE) // CELL + 1):
                    self.cells.setdefault((column, row), []).append(wall)

    def run(self) -> None:
        """As many frames."""
        for _ in range(FRAMES):
            self.frame()

    def frame(self) -> None:
        """Moves the balls, and turns round those that hit a wall."""
        for ball in self.balls:
            if self.is_ahead:
                self.bounce(ball, ball.x + ball.hspeed, ball.y + ball.vspeed)
            ball.x += ball.hspeed
            ball.y += ball.vspeed
            if not self.is_ahead:
                self.bounce(ball, ball.x, ball.y)

    def bounce(self, ball: Body, x: float, y: float) -> None:
        """Turns a ball round that is in a wall at a place."""
        for wall in self.near(x, y):
            if x < wall.x + SIZE and x + SIZE > wall.x and y < wall.y + SIZE and y + SIZE > wall.y:
                ball.hits += 1
                ball.hspeed, ball.vspeed = -ball.hspeed, -ball.vspeed
                break

    def near(self, x: float, y: float) -> list[Body]:
        """The walls in the cells of a ball."""
        left, right = int(x) // CELL, int(x + SIZE) // CELL
        top, bottom = int(y) // CELL, int(y + SIZE) // CELL
        if left == right and top == bottom:
            return self.cells.get((left, top), [])
        return [
            wall
            for column in range(left, right + 1)
            for row in range(top, bottom + 1)
            for wall in self.cells.get((column, row), ())
        ]

    @property
    def hits(self) -> float:
        return sum(ball.hits for ball in self.balls)


def main() -> None:
    """Prints a line for each way and number of balls."""
    print(f"{'checked by':>17} {'balls':>7} {'gmlrun':>10} {'Python':>10} {'ratio':>6}   (a frame)")
    for name, events in CODE.items():
        for count in COUNTS:
            game, bare = GmlFrames(events, count), PythonFrames(name == "place_meeting", count)
            ours, theirs = (seconds / FRAMES for seconds in compare(game.run, bare.run))
            assert game.hits > 0
            print(f"{name:>17} {count:>7} {ours * 1e3:>7.2f} ms {theirs * 1e3:>7.2f} ms {ours / theirs:>6.2f}")

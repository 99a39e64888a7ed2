"""Files of a small project, as the tests write them: objects with their events and rooms with instances."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

TYPES = {"Create": 0, "Destroy": 1, "Alarm": 2, "Step": 3, "Keyboard": 5, "Mouse": 6, "Other": 7, "Draw": 8}
TYPES |= {"KeyPress": 9, "KeyRelease": 10, "Gesture": 13}

Objects = Mapping[str, Mapping[str, str]]
"""The events of each object: `{"obj_host": {"Mouse_4": "…"}}`."""
Rooms = Mapping[str, Sequence[tuple[str, float, float]]]
"""The instances of each room: object, x, y. They are called `inst_0`, `inst_1`, … in all rooms together."""


def project(objects: Objects, rooms: Rooms, **facts: Mapping[str, Any]) -> dict[str, str]:
    """The files; `facts` are added to the file of an object. The sprite of all objects has 32 by 16 pixels."""
    files = {"sprites/spr/spr.yy": sprite("spr")}
    for name, events in objects.items():
        listed = [event(file) for file in events]
        about = {"name": name, "eventList": listed, "spriteId": {"name": "spr"}, **facts.get(name, {})}
        files[f"objects/{name}/{name}.yy"] = json.dumps(about)
        files |= {f"objects/{name}/{file}.gml": text for file, text in events.items()}
    number = 0
    for name, placed in rooms.items():
        instances = []
        for kind, x, y in placed:
            instances.append({"name": f"inst_{number}", "objectId": {"name": kind}, "x": x, "y": y})
            number += 1
        layers = [{"name": "Instances", "instances": instances}]
        files[f"rooms/{name}/{name}.yy"] = json.dumps({"name": name, "layers": layers})
    return files | {"game.yyp": project_file(files, rooms)}


def project_file(files: Mapping[str, str], rooms: Rooms) -> str:
    """The file that lists all resources."""
    entries = [{"id": {"name": path.split("/")[1], "path": path}} for path in files if path.endswith(".yy")]
    order = [{"roomId": {"name": name}} for name in rooms]
    return json.dumps({"resources": entries, "RoomOrderNodes": order})


def sprite(name: str) -> str:
    box = {"width": 32, "height": 16, "bbox_left": 0, "bbox_top": 0, "bbox_right": 31, "bbox_bottom": 15}
    return json.dumps({"name": name, **box, "collisionKind": 1, "frames": [{}], "sequence": {}})


def event(file: str) -> dict[str, Any]:
    """An entry of the list of events for a file such as `Mouse_4`."""
    kind, _, number = file.partition("_")
    return {"eventType": TYPES[kind], "eventNum": int(number)}

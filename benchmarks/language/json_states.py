"""Game states as JSON: structs are written to text, read back and summed."""

import json

GML = """
function bench() {
    var state = { tick: 0, name: "arena", players: [], flags: { open: true, ranked: false } };
    for (var i = 0; i < 30; i++) {
        array_push(state.players, {
            id: i, name: "player" + string(i), x: i * 1.5, y: i * 2, hp: 100 - i,
            items: ["sword", "potion", i], alive: i mod 3 != 0, target: undefined
        });
    }
    var total = 0;
    for (var n = 0; n < 20; n++) {
        state.tick = n;
        var text = json_stringify(state);
        var copy = json_parse(text);
        total += copy.tick;
        for (var i = 0; i < array_length(copy.players); i++) {
            var player = copy.players[i];
            total += player.x + player.hp + array_length(player.items);
            if (player.alive) total += 1;
        }
    }
    return total;
}
"""


def python() -> float:
    state: dict = {"tick": 0, "name": "arena", "players": [], "flags": {"open": True, "ranked": False}}
    for i in range(30):
        state["players"].append(
            {
                "id": i,
                "name": "player" + str(i),
                "x": i * 1.5,
                "y": i * 2,
                "hp": 100 - i,
                "items": ["sword", "potion", i],
                "alive": i % 3 != 0,
                "target": None,
            }
        )
    total = 0.0
    for n in range(20):
        state["tick"] = n
        copy = json.loads(json.dumps(state))
        total += copy["tick"]
        for player in copy["players"]:
            total += player["x"] + player["hp"] + len(player["items"])
            if player["alive"]:
                total += 1
    return total

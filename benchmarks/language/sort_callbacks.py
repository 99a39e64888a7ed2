"""Sorting with functions that compare, and arrays that are filtered, mapped and reduced with functions."""

from functools import cmp_to_key, reduce

GML = """
function by_score(a, b) {
    return b.points - a.points;
}
function bench() {
    var players = [];
    for (var i = 0; i < 500; i++) {
        array_push(players, { name: "p" + string((i * 7919) mod 500), points: (i * 7907) mod 333, team: i mod 4 });
    }
    array_sort(players, by_score);
    var total = players[0].points * 3 + players[499].points;
    array_sort(players, function(a, b) {
        if (a.team != b.team) return a.team - b.team;
        if (a.points == b.points) return 0;
        return a.points < b.points ? -1 : 1;
    });
    for (var i = 0; i < 500; i += 50) total += players[i].points;
    var strong = array_filter(players, function(one) { return one.points > 150; });
    var points = array_map(strong, function(one) { return one.points * 2; });
    total += array_reduce(points, function(sum, one) { return sum + one; }, 0);
    var numbers = [];
    for (var i = 0; i < 1000; i++) array_push(numbers, (i * 7919) mod 1009);
    array_sort(numbers, true);
    total += numbers[10];
    array_sort(numbers, function(a, b) { return b - a; });
    return total + numbers[5] + array_length(strong);
}
"""


class Player:
    def __init__(self, name: str, points: int, team: int) -> None:
        self.name, self.points, self.team = name, points, team


def by_score(a: Player, b: Player) -> int:
    return b.points - a.points


def by_team(a: Player, b: Player) -> int:
    if a.team != b.team:
        return a.team - b.team
    if a.points == b.points:
        return 0
    return -1 if a.points < b.points else 1


def python() -> float:
    players = [Player("p" + str(i * 7919 % 500), i * 7907 % 333, i % 4) for i in range(500)]
    players.sort(key=cmp_to_key(by_score))
    total = players[0].points * 3 + players[499].points
    players.sort(key=cmp_to_key(by_team))
    for i in range(0, 500, 50):
        total += players[i].points
    strong = list(filter(lambda one: one.points > 150, players))
    points = [one.points * 2 for one in strong]
    total += reduce(lambda sum, one: sum + one, points, 0)
    numbers = []
    for i in range(1000):
        numbers.append(i * 7919 % 1009)
    numbers.sort()
    total += numbers[10]
    numbers.sort(key=cmp_to_key(lambda a, b: b - a))
    return total + numbers[5] + len(strong)

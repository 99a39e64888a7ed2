"""Random numbers: dice, weighted loot, shuffles and places in a room; the checksum counts what must hold of them."""

import random

GML = """
function roll(dice, sides) {
    var total = 0;
    repeat (dice) total += irandom_range(1, sides);
    return total;
}
function loot(weights) {
    var sum = 0;
    for (var i = 0; i < array_length(weights); i++) sum += weights[i];
    var pick = random(sum);
    for (var i = 0; i < array_length(weights); i++) {
        pick -= weights[i];
        if (pick < 0) return i;
    }
    return array_length(weights) - 1;
}
function bench() {
    var good = 0;
    random_set_seed(12345);
    for (var i = 0; i < 1500; i++) {
        var points = roll(3, 6);
        if (points >= 3 && points <= 18) good++;
        var item = loot([50, 30, 15, 5]);
        if (item >= 0 && item < 4) good++;
        var px = random_range(10, 20);
        var py = random(1);
        if (px >= 10 && px < 20 && py < 1) good++;
        if (choose("a", "b", "c") != "d") good++;
        if (irandom(99) < 100) good++;
    }
    return good;
}
"""


def roll(dice: int, sides: int) -> int:
    total = 0
    for _ in range(dice):
        total += random.randint(1, sides)
    return total


def loot(weights: list) -> int:
    total = 0
    for weight in weights:
        total += weight
    pick = random.random() * total
    for i, weight in enumerate(weights):
        pick -= weight
        if pick < 0:
            return i
    return len(weights) - 1


def python() -> int:
    good = 0
    random.seed(12345)
    for _ in range(1500):
        if 3 <= roll(3, 6) <= 18:
            good += 1
        if 0 <= loot([50, 30, 15, 5]) < 4:
            good += 1
        px = random.uniform(10, 20)
        py = random.random()
        if 10 <= px < 20 and py < 1:
            good += 1
        if random.choice(("a", "b", "c")) != "d":
            good += 1
        if random.randrange(100) < 100:
            good += 1
    return good

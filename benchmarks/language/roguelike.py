"""A roguelike's turns: rooms are dug into a map, monsters walk towards the hero, and fights end in loot."""

from __future__ import annotations

GML = """
function Dungeon(_w, _h) constructor {
    width = _w;
    height = _h;
    cells = array_create(_w * _h, 1);
    seed = 12345;
    static roll = function(limit) {
        seed = (seed * 1103 + 12345) mod 65536;
        return floor(seed / 65536 * limit);
    }
    static is_wall = function(cx, cy) {
        if (cx < 0 || cy < 0 || cx >= width || cy >= height) return true;
        return cells[cy * width + cx] == 1;
    }
    static dig = function(x1, y1, x2, y2) {
        for (var cy = y1; cy <= y2; cy++) {
            for (var cx = x1; cx <= x2; cx++) cells[cy * width + cx] = 0;
        }
    }
}
function Creature(_name, _x, _y, _hp, _attack) constructor {
    name = _name;
    cx = _x;
    cy = _y;
    hp = _hp;
    attack = _attack;
    alive = true;
    loot = [];
    static hurt = function(amount) {
        hp -= amount;
        if (hp <= 0) {
            hp = 0;
            alive = false;
        }
        return alive;
    }
}
function creature_at(list, tx, ty) {
    for (var i = 0; i < array_length(list); i++) {
        var c = list[i];
        if (c.alive && c.cx == tx && c.cy == ty) return c;
    }
    return undefined;
}
function monster_turn(dungeon, monsters, m, hero) {
    var dx = sign(hero.cx - m.cx);
    var dy = sign(hero.cy - m.cy);
    if (abs(hero.cx - m.cx) + abs(hero.cy - m.cy) <= 1) {
        hero.hurt(max(1, m.attack - dungeon.roll(3)));
        return;
    }
    if (dx != 0 && !dungeon.is_wall(m.cx + dx, m.cy) && creature_at(monsters, m.cx + dx, m.cy) == undefined) {
        m.cx += dx;
    } else if (dy != 0 && !dungeon.is_wall(m.cx, m.cy + dy) && creature_at(monsters, m.cx, m.cy + dy) == undefined) {
        m.cy += dy;
    }
}
function bench() {
    var dungeon = new Dungeon(40, 25);
    for (var i = 0; i < 8; i++) {
        var rx = 1 + dungeon.roll(28), ry = 1 + dungeon.roll(15);
        dungeon.dig(rx, ry, rx + 4 + dungeon.roll(6), ry + 3 + dungeon.roll(5));
    }
    var hero = new Creature("hero", 20, 12, 400, 9);
    var monsters = [];
    for (var i = 0; i < 12; i++) {
        var m = new Creature(i mod 3 == 0 ? "orc" : "rat", 2 + i * 3, 2 + (i * 5) mod 20, 6 + i, 2 + i mod 3);
        if (m.name == "orc") array_push(m.loot, "axe", i);
        array_push(monsters, m);
    }
    var gold = 0, turns = 0, bag = [];
    while (hero.alive && turns < 60) {
        turns++;
        var target = undefined;
        for (var i = 0; i < array_length(monsters); i++) {
            var m = monsters[i];
            if (!m.alive) continue;
            if (abs(m.cx - hero.cx) + abs(m.cy - hero.cy) <= 1) { target = m; break; }
        }
        if (target != undefined) {
            if (!target.hurt(hero.attack)) {
                gold += 5 + dungeon.roll(10);
                for (var k = 0; k < array_length(target.loot); k++) array_push(bag, target.loot[k]);
            }
        } else if (!dungeon.is_wall(hero.cx + 1, hero.cy)) {
            hero.cx++;
        } else {
            hero.cx--;
        }
        for (var i = 0; i < array_length(monsters); i++) {
            if (monsters[i].alive) monster_turn(dungeon, monsters, monsters[i], hero);
        }
    }
    return gold * 1000 + hero.hp + turns + array_length(bag) + dungeon.seed;
}
"""


class Dungeon:
    def __init__(self, w: int, h: int) -> None:
        self.width, self.height = w, h
        self.cells = [1] * (w * h)
        self.seed = 12345

    def roll(self, limit: int) -> int:
        self.seed = (self.seed * 1103 + 12345) % 65536
        return int(self.seed / 65536 * limit)

    def is_wall(self, cx: int, cy: int) -> bool:
        if cx < 0 or cy < 0 or cx >= self.width or cy >= self.height:
            return True
        return self.cells[cy * self.width + cx] == 1

    def dig(self, x1: int, y1: int, x2: int, y2: int) -> None:
        for cy in range(y1, y2 + 1):
            for cx in range(x1, x2 + 1):
                self.cells[cy * self.width + cx] = 0


class Creature:
    def __init__(self, name: str, x: int, y: int, hp: int, attack: int) -> None:
        self.name, self.cx, self.cy, self.hp, self.attack = name, x, y, hp, attack
        self.alive = True
        self.loot: list = []

    def hurt(self, amount: int) -> bool:
        self.hp -= amount
        if self.hp <= 0:
            self.hp = 0
            self.alive = False
        return self.alive


def creature_at(creatures: list[Creature], tx: int, ty: int) -> Creature | None:
    for c in creatures:
        if c.alive and c.cx == tx and c.cy == ty:
            return c
    return None


def sign(v: int) -> int:
    return (v > 0) - (v < 0)


def monster_turn(dungeon: Dungeon, monsters: list[Creature], m: Creature, hero: Creature) -> None:
    dx = sign(hero.cx - m.cx)
    dy = sign(hero.cy - m.cy)
    if abs(hero.cx - m.cx) + abs(hero.cy - m.cy) <= 1:
        hero.hurt(max(1, m.attack - dungeon.roll(3)))
        return
    if dx != 0 and not dungeon.is_wall(m.cx + dx, m.cy) and creature_at(monsters, m.cx + dx, m.cy) is None:
        m.cx += dx
    elif dy != 0 and not dungeon.is_wall(m.cx, m.cy + dy) and creature_at(monsters, m.cx, m.cy + dy) is None:
        m.cy += dy


def python() -> float:
    dungeon = Dungeon(40, 25)
    for _ in range(8):
        rx = 1 + dungeon.roll(28)
        ry = 1 + dungeon.roll(15)
        x2 = rx + 4 + dungeon.roll(6)
        dungeon.dig(rx, ry, x2, ry + 3 + dungeon.roll(5))
    hero = Creature("hero", 20, 12, 400, 9)
    monsters = []
    for i in range(12):
        m = Creature("orc" if i % 3 == 0 else "rat", 2 + i * 3, 2 + (i * 5) % 20, 6 + i, 2 + i % 3)
        if m.name == "orc":
            m.loot += ["axe", i]
        monsters.append(m)
    gold = turns = 0
    bag: list = []
    while hero.alive and turns < 60:
        turns += 1
        target = None
        for m in monsters:
            if not m.alive:
                continue
            if abs(m.cx - hero.cx) + abs(m.cy - hero.cy) <= 1:
                target = m
                break
        if target is not None:
            if not target.hurt(hero.attack):
                gold += 5 + dungeon.roll(10)
                bag += target.loot
        elif not dungeon.is_wall(hero.cx + 1, hero.cy):
            hero.cx += 1
        else:
            hero.cx -= 1
        for m in monsters:
            if m.alive:
                monster_turn(dungeon, monsters, m, hero)
    return gold * 1000 + hero.hp + turns + len(bag) + dungeon.seed

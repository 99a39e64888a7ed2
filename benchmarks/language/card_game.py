"""A card game: decks that are shuffled, hands, and effects by name that change the two players."""

from __future__ import annotations

GML = """
function Player(_name) constructor {
    name = _name;
    hp = 40;
    mana = 0;
    shield = 0;
    deck = [];
    hand = [];
    grave = [];
    static draw = function(count) {
        repeat (count) {
            if (array_length(deck) == 0) {
                deck = grave;
                grave = [];
                if (array_length(deck) == 0) return;
            }
            array_push(hand, array_pop(deck));
        }
    }
    static damage = function(amount) {
        var blocked = min(shield, amount);
        shield -= blocked;
        hp -= amount - blocked;
    }
}
function effects() {
    static table = {
        strike: function(me, enemy, power) { enemy.damage(power); },
        heal: function(me, enemy, power) { me.hp = min(40, me.hp + power); },
        guard: function(me, enemy, power) { me.shield += power; },
        insight: function(me, enemy, power) { me.draw(power); },
        drain: function(me, enemy, power) {
            enemy.damage(power);
            me.hp = min(40, me.hp + floor(power / 2));
        }
    };
    return table;
}
function shuffle(list, seed) {
    for (var i = array_length(list) - 1; i > 0; i--) {
        seed = (seed * 75 + 74) mod 65537;
        var j = seed mod (i + 1);
        var t = list[i];
        list[i] = list[j];
        list[j] = t;
    }
    return seed;
}
function best_card(player) {
    var best = -1, value = -1;
    for (var i = 0; i < array_length(player.hand); i++) {
        var card = player.hand[i];
        if (card.cost > player.mana) continue;
        var worth = card.power * 2 - card.cost;
        if (card.kind == "heal" && player.hp > 30) worth = 0;
        if (worth > value) {
            value = worth;
            best = i;
        }
    }
    return best;
}
function play_turn(me, enemy, turn) {
    var table = effects();
    me.mana = min(10, 1 + turn);
    me.draw(1);
    var played = 0;
    while (true) {
        var at = best_card(me);
        if (at < 0) break;
        var card = me.hand[at];
        array_delete(me.hand, at, 1);
        me.mana -= card.cost;
        var effect = table[$ card.kind];
        effect(me, enemy, card.power);
        array_push(me.grave, card);
        played++;
        if (played > 6) break;
    }
    return played;
}
function bench() {
    var kinds = ["strike", "heal", "guard", "insight", "drain"];
    var seed = 7, total = 0;
    for (var game = 0; game < 12; game++) {
        var players = [new Player("a"), new Player("b")];
        for (var p = 0; p < 2; p++) {
            for (var i = 0; i < 20; i++) {
                var kind = kinds[(i + p) mod 5];
                array_push(players[p].deck, { kind: kind, cost: 1 + i mod 4, power: 1 + (i * 3) mod 5 });
            }
            seed = shuffle(players[p].deck, seed);
            players[p].draw(4);
        }
        var turn = 0;
        while (turn < 40 && players[0].hp > 0 && players[1].hp > 0) {
            total += play_turn(players[turn mod 2], players[1 - turn mod 2], turn div 2);
            turn++;
        }
        total += turn * 10 + max(0, players[0].hp) + max(0, players[1].hp);
    }
    return total + seed;
}
"""


class Player:
    def __init__(self, name: str) -> None:
        self.name, self.hp, self.mana, self.shield = name, 40, 0, 0
        self.deck: list[Card] = []
        self.hand: list[Card] = []
        self.grave: list[Card] = []

    def draw(self, count: int) -> None:
        for _ in range(count):
            if len(self.deck) == 0:
                self.deck = self.grave
                self.grave = []
                if len(self.deck) == 0:
                    return
            self.hand.append(self.deck.pop())

    def damage(self, amount: int) -> None:
        blocked = min(self.shield, amount)
        self.shield -= blocked
        self.hp -= amount - blocked


class Card:
    def __init__(self, kind: str, cost: int, power: int) -> None:
        self.kind, self.cost, self.power = kind, cost, power


def strike(me: Player, enemy: Player, power: int) -> None:
    enemy.damage(power)


def heal(me: Player, enemy: Player, power: int) -> None:
    me.hp = min(40, me.hp + power)


def guard(me: Player, enemy: Player, power: int) -> None:
    me.shield += power


def insight(me: Player, enemy: Player, power: int) -> None:
    me.draw(power)


def drain(me: Player, enemy: Player, power: int) -> None:
    enemy.damage(power)
    me.hp = min(40, me.hp + power // 2)


EFFECTS = {"strike": strike, "heal": heal, "guard": guard, "insight": insight, "drain": drain}


def shuffle(cards: list[Card], seed: int) -> int:
    for i in range(len(cards) - 1, 0, -1):
        seed = (seed * 75 + 74) % 65537
        j = seed % (i + 1)
        cards[i], cards[j] = cards[j], cards[i]
    return seed


def best_card(player: Player) -> int:
    best = value = -1
    for i, card in enumerate(player.hand):
        if card.cost > player.mana:
            continue
        worth = card.power * 2 - card.cost
        if card.kind == "heal" and player.hp > 30:
            worth = 0
        if worth > value:
            value = worth
            best = i
    return best


def play_turn(me: Player, enemy: Player, turn: int) -> int:
    me.mana = min(10, 1 + turn)
    me.draw(1)
    played = 0
    while True:
        at = best_card(me)
        if at < 0:
            break
        card = me.hand.pop(at)
        me.mana -= card.cost
        EFFECTS[card.kind](me, enemy, card.power)
        me.grave.append(card)
        played += 1
        if played > 6:
            break
    return played


def python() -> float:
    kinds = list(EFFECTS)
    seed, total = 7, 0
    for _ in range(12):
        players = [Player("a"), Player("b")]
        for p in range(2):
            for i in range(20):
                players[p].deck.append(Card(kinds[(i + p) % 5], 1 + i % 4, 1 + (i * 3) % 5))
            seed = shuffle(players[p].deck, seed)
            players[p].draw(4)
        turn = 0
        while turn < 40 and players[0].hp > 0 and players[1].hp > 0:
            total += play_turn(players[turn % 2], players[1 - turn % 2], turn // 2)
            turn += 1
        total += turn * 10 + max(0, players[0].hp) + max(0, players[1].hp)
    return total + seed

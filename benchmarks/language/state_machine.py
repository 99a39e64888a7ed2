"""Guards that walk through the states of an enum in a `switch`."""

GML = """
enum GUARD { IDLE, PATROL, CHASE, ATTACK, FLEE }
function Guard(_at) constructor {
    state = GUARD.IDLE;
    at = _at;
    timer = 0;
    hp = 20;
    energy = 5;
    static update = function(player) {
        timer++;
        var gap = abs(player - at);
        switch (state) {
            case GUARD.IDLE:
                if (timer > 3) { state = GUARD.PATROL; timer = 0; }
                break;
            case GUARD.PATROL:
                at += (timer mod 2 == 0) ? 1 : -2;
                if (gap < 10) state = GUARD.CHASE;
                else if (timer > 10) { state = GUARD.IDLE; timer = 0; }
                break;
            case GUARD.CHASE:
                at += sign(player - at) * 2;
                if (gap < 3) state = GUARD.ATTACK;
                if (gap > 20) state = GUARD.PATROL;
                break;
            case GUARD.ATTACK:
                hp -= 1;
                energy -= 0.5;
                if (hp < 5 || energy <= 0) { state = GUARD.FLEE; timer = 0; }
                break;
            case GUARD.FLEE:
                at -= sign(player - at) * 3;
                hp = min(20, hp + 1);
                if (timer > 8) { state = GUARD.IDLE; energy = 5; }
                break;
        }
    }
}
function bench() {
    var guards = [];
    for (var i = 0; i < 30; i++) array_push(guards, new Guard(i * 5));
    for (var tick = 0; tick < 250; tick++) {
        var player = 75 + (tick mod 60) - 30;
        for (var i = 0; i < array_length(guards); i++) guards[i].update(player);
    }
    var total = 0;
    for (var i = 0; i < array_length(guards); i++) {
        total += guards[i].at + guards[i].hp * 10 + guards[i].state;
    }
    return total;
}
"""

IDLE, PATROL, CHASE, ATTACK, FLEE = range(5)


class Guard:
    def __init__(self, at: float) -> None:
        self.state = IDLE
        self.at = at
        self.timer = 0
        self.hp = 20
        self.energy = 5.0

    def update(self, player: float) -> None:
        self.timer += 1
        gap = abs(player - self.at)
        if self.state == IDLE:
            if self.timer > 3:
                self.state, self.timer = PATROL, 0
        elif self.state == PATROL:
            self.at += 1 if self.timer % 2 == 0 else -2
            if gap < 10:
                self.state = CHASE
            elif self.timer > 10:
                self.state, self.timer = IDLE, 0
        elif self.state == CHASE:
            self.at += sign(player - self.at) * 2
            if gap < 3:
                self.state = ATTACK
            if gap > 20:
                self.state = PATROL
        elif self.state == ATTACK:
            self.hp -= 1
            self.energy -= 0.5
            if self.hp < 5 or self.energy <= 0:
                self.state, self.timer = FLEE, 0
        elif self.state == FLEE:
            self.at -= sign(player - self.at) * 3
            self.hp = min(20, self.hp + 1)
            if self.timer > 8:
                self.state, self.energy = IDLE, 5


def sign(value: float) -> int:
    return (value > 0) - (value < 0)


def python() -> float:
    guards = [Guard(i * 5) for i in range(30)]
    for tick in range(250):
        player = 75 + (tick % 60) - 30
        for guard in guards:
            guard.update(player)
    total = 0.0
    for guard in guards:
        total += guard.at + guard.hp * 10 + guard.state
    return total

"""Instances that are made, moved with `with`, hit each other through `other`, and destroyed."""

GML = """
object obj_ship {
    event create { hp = 100; score_value = 0; }
}
object obj_bullet {
    event create { damage = 5; vx = 1; vy = 0.5; age = 0; }
}
function bench() {
    for (var i = 0; i < 20; i++) {
        instance_create_depth(i * 16, i * 8, 0, obj_ship);
    }
    for (var i = 0; i < 100; i++) {
        var bullet = instance_create_depth(i, i div 2, 0, obj_bullet);
        bullet.damage = i mod 7;
    }
    repeat (10) {
        with (obj_bullet) {
            x += vx;
            y += vy;
            age++;
            if (x > 300) x -= 300;
        }
        with (obj_ship) {
            var px = x;
            var py = y;
            with (obj_bullet) {
                if (abs(x - px) < 8 && abs(y - py) < 8) {
                    other.hp -= damage;
                    other.score_value += 1;
                }
            }
        }
    }
    var total = 0;
    with (obj_ship) total += hp + score_value;
    with (obj_bullet) total += age;
    total += instance_number(obj_bullet);
    with (obj_ship) instance_destroy();
    with (obj_bullet) instance_destroy();
    return total;
}
"""


class Ship:
    def __init__(self, x: float, y: float) -> None:
        self.x, self.y, self.hp, self.score_value = x, y, 100, 0


class Bullet:
    def __init__(self, x: float, y: float) -> None:
        self.x, self.y, self.damage, self.vx, self.vy, self.age = x, y, 5, 1, 0.5, 0


def python() -> float:
    ships = [Ship(i * 16, i * 8) for i in range(20)]
    bullets = []
    for i in range(100):
        bullet = Bullet(i, i // 2)
        bullet.damage = i % 7
        bullets.append(bullet)
    for _ in range(10):
        for bullet in bullets:
            bullet.x += bullet.vx
            bullet.y += bullet.vy
            bullet.age += 1
            if bullet.x > 300:
                bullet.x -= 300
        for ship in ships:
            px, py = ship.x, ship.y
            for bullet in bullets:
                if abs(bullet.x - px) < 8 and abs(bullet.y - py) < 8:
                    ship.hp -= bullet.damage
                    ship.score_value += 1
    total = 0
    for ship in ships:
        total += ship.hp + ship.score_value
    for bullet in bullets:
        total += bullet.age
    return total + len(bullets)

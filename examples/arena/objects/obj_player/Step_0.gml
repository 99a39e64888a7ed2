/// @description Walk, and pick up what is in reach
if (room != rm_arena) exit;

x = clamp(x + across * walk_speed, radius, room_width - radius);
y = clamp(y + down * walk_speed, radius, room_height - radius);
with (obj_coin) {
    if (point_distance(x, y, other.x, other.y) < radius + other.radius) {
        other.points += worth;
        event_user(0);
    }
}

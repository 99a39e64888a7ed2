/// @description Stand in a circle when a round begins
points = 0;
across = 0;
down = 0;
if (room == rm_arena) {
    x = room_width / 2 + lengthdir_x(150, seat * 360 / ARENA_PLAYERS);
    y = room_height / 2 + lengthdir_y(150, seat * 360 / ARENA_PLAYERS);
}

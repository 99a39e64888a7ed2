/// @description Count down when enough players are there
if (players_ready() < ARENA_PLAYERS) {
    alarm[0] = -1;
} else if (alarm[0] < 0) {
    alarm[0] = countdown * game_get_speed(gamespeed_fps);
}

// The game's speed, in frames a second or microseconds a frame.

show_debug_message(game_get_speed(gamespeed_fps)); // expect: 60
game_set_speed(33333, gamespeed_microseconds);
show_debug_message(game_get_speed(gamespeed_fps)); // expect: 30.00
game_set_speed(240, gamespeed_fps);
show_debug_message(game_get_speed(gamespeed_microseconds)); // expect: 4167
show_debug_message(room_speed); // expect: 240
room_speed = 120;
show_debug_message(game_get_speed(gamespeed_fps)); // expect: 120
game_set_speed(0, gamespeed_fps);
show_debug_message(game_get_speed(gamespeed_fps)); // expect: 120
show_debug_message($"{score} {lives} {health}"); // expect: 0 -1 100
score += 5;
show_debug_message(score); // expect: 5
show_debug_message(highscore_name(1) == "" && highscore_value(1) == 0); // expect: 1

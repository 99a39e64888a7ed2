// game_restart: the first room begins anew, globals stay.

if (!variable_global_exists("starts")) global.starts = 0;
show_debug_message($"create {++global.starts}");
// expect: create 1
// expect: game start
// expect: room start room_restart
// expect: step
// expect: game end
// expect: create 2
// expect: game start
// expect: room start room_restart
// expect: step
// expect: room end
// expect: game end

event other_game_start { show_debug_message("game start"); }
event other_room_start { show_debug_message($"room start {room_get_name(room)}"); }
event other_room_end { show_debug_message("room end"); }
event other_game_end { show_debug_message("game end"); }
event step {
    show_debug_message("step");
    if (global.starts == 1) game_restart(); else game_end();
}

// The order of a frame's phases, alarms, and what an instance made in a phase still gets.

object obj_late {
    event step { show_debug_message("late step"); }
    event step_end { show_debug_message("late end"); instance_destroy(); }
}

frame = 0;
alarm[0] = 1;
alarm[1] = 2;
alarm_set(2, 2.4);
alarm[3] = 1;
show_debug_message(alarm_get(1)); // expect: 2
try { alarm_set(12, 1); } catch (e) { show_debug_message("ERR"); } // expect: ERR
hspeed = 2;

event step_begin {
    frame++;
    show_debug_message($"begin {frame} x {x}");
}
event alarm0 { show_debug_message($"alarm 0: {alarm[0]}"); }
event alarm1 { show_debug_message("alarm 1"); }
event alarm2 { show_debug_message("alarm 2"); }
event step {
    show_debug_message($"step {frame} {alarm[0]} {alarm[3]}");
    if (frame == 1) instance_create_depth(0, 0, 0, obj_late);
    if (frame == 3) game_end(4);
}
event step_end { show_debug_message($"end {frame} x {x}"); }
event other_game_end { show_debug_message("game end"); }
event cleanup { show_debug_message("clean up"); }

// expect: begin 1 x 0
// expect: alarm 0: 0
// expect: step 1 0 1
// expect: end 1 x 2
// expect: late end
// expect: begin 2 x 2
// expect: alarm 1
// expect: alarm 2
// expect: step 2 -1 1
// expect: end 2 x 4
// expect: begin 3 x 4
// expect: step 3 -1 1
// expect: game end
// expect: clean up
// expect-exit: 4

/// game_restart ends what call_later has planned.
object o {
    event create {
        if (!variable_global_exists("runs")) global.runs = 0;
        global.runs++;
        show_debug_message("run " + string(global.runs)); // expect: run 1
        // expect: run 2
        if (global.runs == 1) {
            call_later(2, time_source_units_frames, function() { show_debug_message("stale"); });
            call_later(1, time_source_units_frames, function() { show_debug_message("stale loop"); }, true);
            game_restart();
        } else {
            alarm[0] = 5;
        }
    }
    event alarm0 { game_end(); }
}
if (!instance_exists(o)) instance_create_depth(0, 0, 0, o);

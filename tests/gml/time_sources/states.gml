// States, repetitions and trees of time sources.

count = 0;
show_debug_message(time_source_exists(2)); // expect: 0
show_debug_message(time_source_exists(time_source_game)); // expect: 1
show_debug_message(time_source_get_parent(time_source_game)); // expect: undefined
show_debug_message(time_source_get_state(time_source_game)); // expect: 1
parent = time_source_create(time_source_game, 2, time_source_units_frames, function(word) {
    show_debug_message($"{word} {time_source_get_reps_completed(parent)} {time_source_get_reps_remaining(parent)}");
}, ["tick"], 2);
child = time_source_create(parent, 1.7, time_source_units_frames, function() {
    if (++count == 3) time_source_destroy(child);
}, [], -1);
show_debug_message(time_source_get_children(parent)[0] == child); // expect: 1
show_debug_message(time_source_get_parent(child) == parent); // expect: 1
show_debug_message(time_source_get_parent(parent)); // expect: 1
show_debug_message(time_source_get_period(child)); // expect: 1
show_debug_message(time_source_get_units(child)); // expect: 1
show_debug_message(time_source_get_reps_remaining(child)); // expect: undefined
show_debug_message(time_source_get_state(child)); // expect: 0
time_source_start(parent);
show_debug_message(time_source_get_state(child)); // expect: 1
time_source_pause(parent);
show_debug_message(time_source_get_state(child)); // expect: 2
time_source_resume(parent);
show_debug_message(time_source_get_state(child)); // expect: 1
time_source_stop(parent);
show_debug_message(time_source_get_state(child)); // expect: 3
time_source_reset(parent);
show_debug_message(time_source_get_state(child)); // expect: 0
show_debug_message(time_source_get_time_remaining(parent)); // expect: 2
time_source_destroy(parent);
show_debug_message(time_source_exists(parent)); // expect: 1
try { time_source_create(99, 1, time_source_units_frames, function() {}); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { time_source_create(parent, -1, time_source_units_frames, function() {}); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { time_source_create(parent, 1, time_source_units_frames, function() {}, [], -2); } catch (e) { show_debug_message("ERR"); } // expect: ERR
show_debug_message(array_length(time_source_get_children(parent))); // expect: 1
extra = time_source_create(time_source_global, 5, time_source_units_seconds, function() {});
time_source_reconfigure(extra, 9, time_source_units_seconds, function() {}, [], 4);
show_debug_message($"{time_source_get_period(extra)} {time_source_get_reps_remaining(extra)}"); // expect: 9 4
time_source_destroy(extra);
show_debug_message(time_source_exists(extra)); // expect: 0
show_debug_message(time_source_get_state(extra)); // expect: undefined
show_debug_message(time_bpm_to_seconds(120)); // expect: 0.50
show_debug_message(time_seconds_to_bpm(0.5)); // expect: 120
time_source_start(parent);
// expect: tick 1 1
// expect: tick 2 0

event cleanup {
    show_debug_message($"{count} {time_source_exists(child)} {time_source_get_state(parent)}");
    // expect: 3 0 0
}

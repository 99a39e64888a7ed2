// call_later: once, looping until cancelled, in frames and in seconds.

loops = 0;
order = "";
call_later(2, time_source_units_frames, function() { order += "two "; });
call_later(1, time_source_units_frames, function() { order += "one "; });
cancelled = call_later(1, time_source_units_frames, function() { order += "never "; });
call_cancel(cancelled);
call_cancel(cancelled);
call_cancel(undefined);
handle = call_later(1, time_source_units_frames, function() {
    if (++loops == 4) call_cancel(handle);
}, true);
call_later(0.7, time_source_units_seconds, function() { order += "seconds"; });
show_debug_message(array_length(time_source_get_children(time_source_game))); // expect: 0
show_debug_message(time_source_exists(2)); // expect: 0

event cleanup {
    show_debug_message(order); // expect: one two seconds
    show_debug_message(loops); // expect: 4
}

// Instances that follow paths: the four end actions, speed by points, and End of Path events.
object walker {
    event create {
        walk = path_add();
        path_set_closed(walk, false);
        path_add_point(walk, 0, 0, 100);
        path_add_point(walk, 30, 0, 100);
        ends = 0; places = ""; backwards = false;
    }
    event step_end {
        places += string(x) + (y == 5 ? "" : "!") + " ";
        if (string_length(places) > 22) { show_debug_message(places + string(ends) + " " + string(path_index == walk)); instance_destroy(); }
    }
    event other_end_of_path { ends++; }
}
object runner : walker {}

function go(action, absolute, pace = 10) {
    with (instance_create_depth(100, 5, 0, runner)) {
        if (absolute) path_shift(walk, 0, 5);
        path_start(walk, pace, action, absolute);
    }
}
go(path_action_stop, false);
go(path_action_restart, false);
go(path_action_continue, false);
go(path_action_reverse, false);
go(path_action_stop, true);
go(path_action_stop, true, -15);

// The direction is that of the way, the speed stays 0; a path without a length is not followed.
with (instance_create_depth(0, 0, 0, walker)) {
    path_change_point(walk, 1, 0, 30, 100);
    path_start(walk, 5, 0, false);
    show_debug_message([path_index == walk, path_position, path_speed, path_scale]); // expect: [ 1,0,5,1 ]
    path_end();
    path_start(path_add(), 5, 0, true);
    path_start(12345, 5, 0, true);
    path_start(-1, NaN, 0, true);
    show_debug_message([path_index, x, y]); // expect: [ -1,0,0 ]
    path_start(walk, 5, 0, false);
    call_later(2, time_source_units_frames, function() {
        show_debug_message([direction, speed, y, path_positionprevious > 0]); // expect: [ 270,0,5,1 ]
        path_delete(walk);
        instance_destroy();
    });
}

// expect: 110 120 130 130 130 130 1 0
// expect: 110 120 100 110 120 100 2 1
// expect: 110 120 130 140 150 160 2 1
// expect: 110 120 130 120 110 100 1 1
// expect: 10 20 30 30 30 30 30 30 1 0
// expect: 15 0 0 0 0 0 0 0 0 0 0 1 0

// A timeline that code makes: its moments run between Begin Step and alarms, forwards, backwards and over and over.
function P(v) { show_debug_message(v); }
function note() { P($"{event_type == 15 ? "moment" : "?"} at {timeline_position}"); }

line = timeline_add();
P([timeline_exists(line), timeline_exists(99), timeline_size(line), timeline_max_moment(line)]); // expect: [ 1,0,0,0 ]
timeline_moment_add_script(line, 3, note);
timeline_moment_add_script(line, 0, note);
timeline_moment_add_script(line, 3, function() { P("second at 3"); });
timeline_moment_add_script(line, 9, function() { P("never"); });
timeline_moment_clear(line, 9);
P([timeline_size(line), timeline_max_moment(line), timeline_get_name(line), timeline_get_name(-1) == ""]); // expect: [ 2,3,"__newtimeline0",1 ]
try { timeline_size("x"); } catch (e) { P(e.message); } // expect: there is no timeline "x"
try { timeline_moment_add_script(line, 1, "x"); } catch (e) { P("no function"); } // expect: no function

frame = 0;
timeline_index = line;
timeline_running = true;
event step {
    P([++frame, timeline_position]);
    switch (frame) {
        // expect: moment at 1
        // expect: [ 1,1 ]
        // expect: [ 2,2 ]
        // expect: [ 3,3 ]
        // expect: moment at 4
        // expect: second at 3
        // expect: [ 4,4 ]
        case 4: timeline_speed = -2; timeline_loop = true; break;
        // expect: second at 3
        // expect: moment at 2
        // expect: [ 5,2 ]
        // expect: [ 6,0 ]
        // expect: moment at -2
        // expect: [ 7,3 ]
        case 7: timeline_running = false; break;
        // expect: [ 8,3 ]
        case 8: timeline_running = true; timeline_speed = 0.5; timeline_position = 2.75; break;
        // expect: moment at 3.25
        // expect: second at 3
        // expect: [ 9,0 ]
        case 9: timeline_clear(line); timeline_delete(line); P(timeline_exists(line)); break; // expect: 0
        // expect: [ 10,0 ]
        case 10: game_end();
    }
}

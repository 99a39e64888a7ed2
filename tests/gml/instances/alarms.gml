// Alarms without an event do not count; -1 cancels; one that is set in its own event goes on.

object obj_bare { }

bare = instance_create_depth(0, 0, 0, obj_bare);
bare.alarm[0] = 5;
alarm[0] = 2;
alarm[1] = 1;
alarm[1] = -1;
alarm[2] = 0;
rings = 0;

event alarm0 {
    if (++rings < 3) {
        alarm[0] = 2;
    } else {
        show_debug_message($"{rings} {alarm[0]} {alarm[2]} {bare.alarm[0]}"); // expect: 3 0 -1 5
    }
}
event alarm1 { show_debug_message("never"); }
event alarm2 { show_debug_message("never"); }

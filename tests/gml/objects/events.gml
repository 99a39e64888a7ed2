// Events by hand, and what the one that runs is.
function P(v) { show_debug_message(v); }
object obj_parent {
    event create { P("parent create"); }
    event other_user0 { P($"user of {object_get_name(object_index)}, {event_type == ev_other} {event_number == ev_user0} {object_get_name(event_object)}"); }
    event alarm0 { P($"alarm by hand {event_type == ev_alarm} {event_number}"); }
}
object obj_own : obj_parent {
    event create { event_inherited(); P("own create"); }
}
object obj_other { event other_user1 { P($"as another object {object_get_name(object_index)}"); } }

event create {
    var one = instance_create_depth(0, 0, 0, obj_own); // expect: parent create // expect: own create
    with (one) {
        event_user(0); // expect: user of obj_own, 1 1 obj_parent
        event_user(5);
        event_perform(ev_other, ev_user0); // expect: user of obj_own, 1 1 obj_parent
        event_perform(ev_alarm, 0); // expect: alarm by hand 1 0
        event_perform(ev_step, ev_step_normal);
        event_perform_object(obj_other, ev_other, ev_user1); // expect: as another object obj_own
        event_user(16);
        try { event_perform("a", 0); } catch (e) { P(e.message); } // expect: an event is named by two numbers, not by "a"
        try { event_perform_object(77, ev_create, 0); } catch (e) { P(e.message); } // expect: event_perform_object: there is no object 77
    }
    P([event_action, event_data, event_type == ev_create, event_number]); // expect: [ 0,-1,1,0 ]
    var map = ds_map_create(); map[? "id"] = 5; map[? "text"] = "hand-made";
    event_perform_async(ev_async_web, map); // expect: hand-made 5
    P(ds_exists(map, ds_type_map)); // expect: 0
    try { event_perform_async(ev_async_web, 12345); } catch (e) { P("no map"); } // expect: no map
}
event async_http { P($"{async_load[? "text"]} {async_load[? "id"]}"); }

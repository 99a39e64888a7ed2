// A Collision event names its object, which may come later in the file.
function P(v) { show_debug_message(v); }
global.dot = sprite_add("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", 1, false, false, 0, 0);

object obj_ball {
    event create { sprite_index = global.dot; }
    event collision:obj_wall {
        P($"{object_get_name(object_index)} meets {object_get_name(other.object_index)} {event_type == ev_collision} {event_number == obj_wall}");
        instance_destroy();
    }
}
object obj_child : obj_ball {}
object obj_wall { event create { sprite_index = global.dot; } }

event collision:obj_ball { P($"by hand, {object_get_name(event_number)}"); }

event create {
    event_perform(ev_collision, obj_ball); // expect: by hand, obj_ball
    instance_create_depth(5, 5, 0, obj_wall);
    instance_create_depth(5, 5, 0, obj_ball); // expect: obj_ball meets obj_wall 1 1
    instance_create_depth(99, 5, 0, obj_child).hspeed = -47; // expect: obj_child meets obj_wall 1 1
    alarm[0] = 5;
}
event alarm0 { P(instance_number(obj_ball)); game_end(); } // expect: 0

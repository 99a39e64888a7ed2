// Making, finding and ending instances.

object obj_parent {
    event create { log = "parent"; }
    event destroy { show_debug_message("destroy " + tag); }
    event cleanup { show_debug_message("clean up " + tag); }
    event other_user0 { show_debug_message("parent user 0"); }
}

object obj_child : obj_parent {
    event create {
        event_inherited();
        log += " child";
        show_debug_message($"{tag} {log} {x} {y} {other.name}");
    }
    event other_user0 {
        show_debug_message($"{event_type} {event_number} {object_get_name(event_object)}");
        event_inherited();
    }
}

object obj_other {
    event create { tag = "other"; }
}

name = "main";
a = instance_create_depth(1, 2, 5, obj_child, { tag : "a" }); // expect: a parent child 1 2 main
b = instance_create_layer(10, 20, "Instances", obj_child, { tag : "b" }); // expect: b parent child 10 20 main
show_debug_message(a.depth); // expect: 5
show_debug_message(typeof(a)); // expect: ref
show_debug_message(instance_number(obj_parent)); // expect: 2
show_debug_message(instance_exists(obj_other)); // expect: 0
show_debug_message(instance_exists(a)); // expect: 1
show_debug_message(instance_find(obj_child, 1) == b); // expect: 1
show_debug_message(instance_find(obj_child, 2)); // expect: -4
show_debug_message(instance_nearest(9, 19, obj_parent) == b); // expect: 1
show_debug_message(instance_furthest(9, 25, obj_parent) == a); // expect: 1
show_debug_message(instance_nearest(0, 0, obj_other)); // expect: -4
show_debug_message(object_get_name(a.object_index)); // expect: obj_child
show_debug_message(object_get_name(object_get_parent(obj_child))); // expect: obj_parent
show_debug_message(object_get_parent(obj_parent)); // expect: -100
show_debug_message(object_is_ancestor(obj_child, obj_parent)); // expect: 1
show_debug_message(object_is_ancestor(obj_parent, obj_parent)); // expect: 0
show_debug_message(object_exists(99)); // expect: 0
show_debug_message(object_get_name(99)); // expect: <undefined>

with (a) event_user(0); // expect: 7 10 obj_child // expect: parent user 0
with (b) event_perform(ev_other, ev_user0); // expect: 7 10 obj_child // expect: parent user 0
with (b) event_perform_object(obj_parent, ev_other, ev_user0); // expect: parent user 0
show_debug_message(event_type); // expect: 0
try { event_perform("step", 0); } catch (e) { show_debug_message("ERR"); } // expect: ERR
event_user(16);

obj_parent.x = 7;
show_debug_message(b.x); // expect: 7
instance_destroy(a); // expect: destroy a // expect: clean up a
show_debug_message(instance_exists(a)); // expect: 0
instance_destroy(a);
instance_destroy(b, false); // expect: clean up b
show_debug_message(instance_number(all)); // expect: 1
instance_destroy(noone);

try { instance_create_depth(0, 0, 0, 1234); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { instance_create_depth(0, 0, 0, obj_other, 5); } catch (e) { show_debug_message("ERR"); } // expect: ERR

c = instance_create(0, 0, obj_other);
with (c) { hp = 3; instance_change(obj_child, false); }
show_debug_message($"{c.hp} {object_get_name(c.object_index)} {instance_number(obj_other)}"); // expect: 3 obj_child 0
with (c) copy = instance_copy(false);
show_debug_message($"{c.copy.hp} {instance_number(obj_child)}"); // expect: 3 2
show_debug_message(instance_count); // expect: 3
show_debug_message(instance_id_get(1) == c && instance_id[1] == c); // expect: 1
show_debug_message(instance_id_get(9)); // expect: -4
with (obj_child) tag = "end";
// expect: clean up end
// expect: clean up end

// the object of the GMEdit form has a parent, and replaces its variables
object obj_base {
    event create { show_debug_message($"base {title} {visible}"); }
    event other_user0 { show_debug_message("user event of the base"); }
}
#event properties
parent_index = obj_base;
visible = false;
obj_base.title = "somebody";
own:real = 4;
#event create
event_inherited(); // expect: base somebody 0
event_user(0); // expect: user event of the base
show_debug_message(object_get_name(object_get_parent(object_index))); // expect: obj_base
show_debug_message([own, variable_instance_exists(id, "parent_index")]); // expect: [ 4,0 ]

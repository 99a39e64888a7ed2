// A deactivated instance takes no part until it is activated again.

object obj_a { event other_user0 { show_debug_message("a"); } }

one = instance_create_depth(0, 0, 0, obj_a);
two = instance_create_depth(100, 0, 0, obj_a);

instance_deactivate_object(one);
show_debug_message(instance_exists(one)); // expect: 0
show_debug_message(instance_number(obj_a)); // expect: 1
with (obj_a) event_user(0); // expect: a
instance_activate_object(one);
show_debug_message(instance_number(obj_a)); // expect: 2
instance_deactivate_object(obj_a);
show_debug_message(instance_number(obj_a)); // expect: 0
instance_activate_object(obj_a);
show_debug_message(instance_number(obj_a)); // expect: 2
instance_deactivate_all(true);
show_debug_message(instance_number(all)); // expect: 1
instance_activate_all();
show_debug_message(instance_number(all)); // expect: 3
instance_deactivate_region(50, -10, 100, 20, true, true);
show_debug_message(instance_exists(two)); // expect: 0
instance_activate_region(50, -10, 100, 20, true);
show_debug_message(instance_exists(two)); // expect: 1
layer_add_instance(layer_create(10, "deep"), two);
show_debug_message(two.depth); // expect: 10
instance_deactivate_layer("deep");
show_debug_message(instance_exists(two)); // expect: 0
instance_activate_layer("deep");
show_debug_message(instance_exists(two)); // expect: 1
show_debug_message(layer_has_instance("deep", two)); // expect: 1
show_debug_message(layer_get_name(layer_get_id("deep"))); // expect: deep
layer_destroy_instances("deep");
show_debug_message(instance_exists(two)); // expect: 0
show_debug_message(layer_exists("none")); // expect: 0

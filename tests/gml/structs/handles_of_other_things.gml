/// A handle of something else than an instance is no target: there are no variables, and `with` runs for nothing.
function P(x) { show_debug_message(x); }
var list = ds_list_create(), buffer = buffer_create(1, buffer_fixed, 1);
P(variable_struct_get_names(list)); // expect: [  ]
P(variable_instance_get_names(buffer)); // expect: [  ]
P(variable_struct_names_count(list)); // expect: 0
P(variable_struct_exists(list, "size")); // expect: 0
P(variable_instance_exists(buffer, "size")); // expect: 0
with (list) P("never");
with (buffer) P("never");
try { P(list.size); } catch (error) { P(error.message); } // expect: Unable to find instance for object index 0
P("end"); // expect: end

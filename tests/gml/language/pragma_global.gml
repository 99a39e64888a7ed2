/// gml_pragma("global", code) runs its code once, at global scope, before the first room.
function setup(n) { global.order = (variable_global_exists("order") ? global.order : "") + string(n); }
function never_called() { gml_pragma("global", "setup(1); global.made = 5;"); }
gml_pragma("global", "setup(2)");
gml_pragma("forceinline");
gml_pragma("PNGCrush");
show_debug_message(global.order); // expect: 12
show_debug_message(global.made); // expect: 5

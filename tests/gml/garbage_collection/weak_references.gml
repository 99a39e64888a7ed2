// Weak references know when what they point to is gone.
function make() { kept = { a: 1 }; }
function member(weak) { return weak.ref.a; }
make();
var weak = weak_ref_create(kept);
show_debug_message(instanceof(weak)); // expect: weakref
show_debug_message(weak_ref_alive(weak)); // expect: 1
show_debug_message(member(weak)); // expect: 1
show_debug_message(weak_ref_any_alive([weak])); // expect: 1
kept = undefined;
gc_collect();
show_debug_message(weak_ref_alive(weak)); // expect: 0
show_debug_message(weak.ref); // expect: undefined
show_debug_message(weak_ref_any_alive([weak, weak_ref_create(self)], 0, 1)); // expect: 0
show_debug_message(weak_ref_any_alive([weak, weak_ref_create(self)])); // expect: 1
show_debug_message(weak_ref_create(5)); // expect: undefined
gc_enable(false);
show_debug_message(gc_is_enabled()); // expect: 0
gc_target_frame_time(50);
show_debug_message(gc_get_target_frame_time()); // expect: 50
show_debug_message(gc_get_stats().gc_frame); // expect: 1
var callee = function() { return 3; }, to_callee = weak_ref_create(callee), both = [to_callee, weak_ref_create(weak)];
show_debug_message([to_callee.ref == callee, weak_ref_alive(both[1]), typeof(to_callee)]); // expect: [ 1,1,"struct" ]
show_debug_message([weak_ref_any_alive(both, -3, 10), weak_ref_any_alive(both, "0", "2")]); // expect: [ 1,1 ]
show_debug_message([weak_ref_any_alive(both, -20, 1), weak_ref_any_alive(both, 9, 3), weak_ref_any_alive(both, 1, -5)]); // expect: [ undefined,undefined,undefined ]
weak_ref_alive(1);
// expect-error: not a weak reference

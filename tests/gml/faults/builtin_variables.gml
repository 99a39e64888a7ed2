// Built-in variables take what means a number, and refuse the rest where it is written.

function P(v) { show_debug_message(v); }
function Error(f) { try { f(); P("no error"); } catch (e) { P(e.message); } }

Error(function() { speed = undefined; }); // expect: speed takes a number, not undefined
Error(function() { direction = {}; }); // expect: direction takes a number, not {  }
Error(function() { hspeed = []; }); // expect: hspeed takes a number, not [  ]
Error(function() { vspeed = "fast"; }); // expect: vspeed takes a number, not "fast"
Error(function() { self[$ "friction"] = undefined; }); // expect: friction takes a number, not undefined
Error(function() { self[$ "alarm"] = 7; }); // expect: alarm cannot be set: set one of its elements, alarm[0] to alarm[11]
Error(function() { id = 5; }); // expect: id cannot be set: it is the engine's own number of an instance
Error(function() { variable_instance_set(id, "id", 5); }); // expect: id cannot be set: it is the engine's own number of an instance
P([speed, direction, hspeed, vspeed, gravity, friction]); // expect: [ 0,0,0,0,0,0 ]

// What means a number is taken.
speed = "2"; direction = int64(90); P([speed, direction, vspeed]); // expect: [ 2,90,-2 ]
speed = true; P(speed); // expect: 1
direction = infinity; P(is_nan(direction)); // expect: 1
direction = NaN; speed = 3; P(speed); // expect: 3
speed = 0; direction = 0;

// Functions that read a variable that holds something else.
x = undefined;
Error(function() { move_towards_point(1, 2, 3); }); // expect: x is undefined, where a number is needed
Error(function() { P(distance_to_point(1, 2)); }); // expect: x is undefined, where a number is needed
Error(function() { motion_add(1, 2); }); // expect: no error
Error(method({}, function() { motion_add(1, 2); })); // expect: hspeed is undefined, where a number is needed
Error(method({y: 1}, function() { move_snap(1, 2); })); // expect: x is undefined, where a number is needed
speed = 0; x = 0;

// Elements of alarm: what is no number is no alarm.
alarm[0] = NaN; alarm[1] = undefined; alarm[2] = "x"; alarm[3] = {}; alarm[4] = infinity; alarm[5] = 2; alarm[6] = int64(2); alarm[7] = -infinity;
array_resize(alarm, 10);
event alarm0 { P("0"); }
event alarm1 { P("1"); }
event alarm2 { P("2"); }
event alarm3 { P("3"); }
event alarm4 { P("4"); }
event alarm5 { P("5"); }
event alarm6 { P("6"); game_end(); }
event alarm7 { P("7"); }
event alarm11 { P("11"); }
// expect: 5
// expect: 6

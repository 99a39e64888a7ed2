function P(v) { show_debug_message(v); }
function Node(v) constructor { value = v; next = undefined; static kind = "node"; get = function() { return value; }; }

var original = { list: [1, [2]], inner: { n: 1 }, text: "t", handle: ds_list_create() }, copy = variable_clone(original);
copy.list[1][0] = 9; copy.inner.n = 9;
P([original.list, original.inner.n, copy.list, copy.inner.n, copy.text, copy.handle == original.handle]); // expect: [ [ 1,[ 2 ] ],1,[ 1,[ 9 ] ],9,"t",1 ]
var flat = variable_clone(original, 0); flat.inner.n = 7; flat.text = "own";
P([original.inner.n, original.text]); // expect: [ 7,"t" ]
var one = variable_clone([[1, [2]]], 1); P(one); // expect: [ [ 1,[ 2 ] ] ]
var shared = [1], pair = variable_clone([shared, shared]); pair[0][0] = 5; P([pair, shared]); // expect: [ [ [ 5 ],[ 5 ] ],[ 1 ] ]
var ring = new Node(1); ring.next = ring; var second = variable_clone(ring); second.value = 2;
P([second.next == second, second.get(), ring.get(), instanceof(second), second.kind]); // expect: [ 1,2,1,"Node","node" ]
P([variable_clone(5), variable_clone("s"), variable_clone(undefined), variable_clone([]), typeof(variable_clone(int64(2)))]); // expect: [ 5,"s",undefined,[  ],"int64" ]
global.cloned = [1, 2];
var whole = variable_clone(global);
whole.cloned[0] = 5;
P([global.cloned, whole.cloned, instanceof(whole)]); // expect: [ [ 1,2 ],[ 5,2 ],"struct" ]
var known = { b : 1 }, reference = variable_clone(weak_ref_create(known));
P([weak_ref_alive(reference), reference.ref == known]); // expect: [ 1,1 ]
P(variable_clone(static_get(Node)) != static_get(Node)); // expect: 1

// Structs of the library keep what they hold, each copy its own.
var curve = animcurve_create(), channel = animcurve_channel_new();
channel.name = "height";
channel.type = animcurvetype_linear;
channel.points = [animcurve_point_new(), animcurve_point_new()];
channel.points[1].posx = 1;
channel.points[1].value = 4;
curve.channels = [channel];
var other_curve = variable_clone(curve), other_channel = animcurve_get_channel(other_curve, "height");
channel.points[1].value = 8;
P([animcurve_channel_evaluate(channel, 0.5), animcurve_channel_evaluate(other_channel, 0.5)]); // expect: [ 4,2 ]
animcurve_destroy(other_curve);
P([animcurve_exists(curve), animcurve_exists(other_curve)]); // expect: [ 1,0 ]
var sequence = sequence_create();
sequence.length = 30;
P([variable_clone(sequence).length, instanceof(variable_clone(sequence)) == instanceof(sequence)]); // expect: [ 30,1 ]

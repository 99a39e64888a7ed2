// Animation curves that a program makes; the values follow from the formulas of the official runtime.
function P(v) { show_debug_message(v); }
function point(x, v) { var made = animcurve_point_new(); made.posx = x; made.value = v; return made; }

var curve = animcurve_create(), channel = animcurve_channel_new();
P([curve.name, curve.channels, channel.name, channel.type, channel.iterations, channel.points]); // expect: [ "",[  ],"",0,16,[  ] ]
P(animcurve_channel_evaluate(channel, 0.5)); // expect: 0
channel.name = "alpha";
channel.points = [point(0, 0), point(0.5, 10), point(1, 0)];
curve.channels = [channel];
function at(c, x) { return animcurve_channel_evaluate(animcurve_get_channel(c, "alpha"), x); }
P([at(curve, 0), at(curve, 0.25), at(curve, 0.5), at(curve, 0.9), at(curve, 7), at(curve, -7)]); // expect: [ 0,5,10,2,0,0 ]
channel.points[1].value = 20;
P(at(curve, 0.25)); // expect: 10
channel.type = animcurvetype_bezier;
P([at(curve, 0), at(curve, 0.25), at(curve, 0.5), at(curve, 1)]); // expect: [ 0,10,20,0 ]
channel.type = animcurvetype_catmullrom;
P([at(curve, 0), at(curve, 0.5), at(curve, 1), at(curve, 0.25) == at(curve, 0.75), at(curve, 0.25) > 10]); // expect: [ 0,20,0,1,1 ]
channel.iterations = 1;
P([at(curve, 0.25), channel.iterations]); // expect: [ 10,1 ]
channel.type = 7;
channel.iterations = -3;
P([channel.type, channel.iterations]); // expect: [ 1,0 ]

P([animcurve_get(curve) == curve, animcurve_get_channel_index(curve, "alpha"), animcurve_get_channel_index(curve, "beta")]); // expect: [ 1,0,-1 ]
P([animcurve_get_channel(curve, 0) == channel, animcurve_get_channel(curve, "beta"), animcurve_channel_evaluate({}, 0)]); // expect: [ 1,-1,0 ]
try { animcurve_get_channel(curve, 1); } catch (e) { P(e.message); } // expect: animcurve_get_channel: there is no channel 1: the curve has 1
try { animcurve_get(-1); } catch (e) { P(e.message); } // expect: animcurve_get: there is no animation curve -1
channel.points = [point(0, 3)];
try { at(curve, 0); } catch (e) { P(e.message); } // expect: a catmull-rom animation curve needs two points at least
channel.type = animcurvetype_linear;
P(at(curve, 0.5)); // expect: 3
try { channel.points = 5; } catch (e) { P(e.message); } // expect: expected an array, got 5
animcurve_destroy(curve);
P([animcurve_exists(curve), animcurve_exists(0), animcurve_exists("x"), animcurve_exists({})]); // expect: [ 0,0,0,0 ]
try { animcurve_destroy(curve); } catch (e) { P(string_pos("animcurve_destroy: there is no animation curve", e.message)); } // expect: 1

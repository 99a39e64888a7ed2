function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
function near(a, b) { return abs(a - b) <= 0; }

P([near(sin(pi / 2), 1), near(cos(pi), -1), near(tan(pi / 4), 1), is_nan(sin(infinity)), is_nan(cos(NaN)), is_nan(tan(-infinity))]); // expect: [ 1,1,1,1,1,1 ]
P([dsin(30), dcos(60), dtan(45), dsin(-90), dcos(0), dcos(180), is_nan(dsin(infinity))]); // expect: [ 0.50,0.50,1.00,-1,1,-1,1 ]
P([near(arcsin(1), pi / 2), near(arccos(1), 0), near(arctan(1), pi / 4), near(arctan2(1, -1), pi * 0.75), near(arctan2(0, 0), 0)]); // expect: [ 1,1,1,1,1 ]
P([darcsin(1), darccos(-1), darctan(1), darctan2(1, 0), darctan2(-1, 0), darctan2(0, -1)]); // expect: [ 90,180,45,90,-90,180 ]
P([near(arcsin(1.000001), pi / 2), near(arccos(1.000001), 0), darcsin(-1.000001), darccos(-1.000001)]); // expect: [ 1,1,-90,180 ]
Error(function() { return arcsin(2); }); // expect: Cannot apply arcsin to a number outside -1 to 1.
Error(function() { return arccos(-2); }); // expect: Cannot apply arccos to a number outside -1 to 1.
Error(function() { return darcsin(1.1); }); // expect: Cannot apply darcsin to a number outside -1 to 1.
Error(function() { return darccos(1.1); }); // expect: Cannot apply darccos to a number outside -1 to 1.
P([near(degtorad(180), pi), near(radtodeg(pi), 180), degtorad(0), radtodeg(0), near(radtodeg(degtorad(-45)), -45)]); // expect: [ 1,1,0,0,1 ]

P([point_direction(0, 0, 10, 0), point_direction(0, 0, 0, -10), point_direction(0, 0, -10, 0), point_direction(0, 0, 0, 10)]); // expect: [ 0,90,180,270 ]
P([point_direction(5, 5, 5, 5), point_direction(0, 0, 1, 1), point_direction(0, 0, 1, -1)]); // expect: [ 0,315,45 ]
P([point_distance(0, 0, 3, 4), point_distance(1, 1, 1, 1), point_distance_3d(0, 0, 0, 2, 3, 6)]); // expect: [ 5,0,7 ]
P([lengthdir_x(10, 0), lengthdir_x(10, 90), lengthdir_x(10, 180), lengthdir_y(10, 90), lengthdir_y(10, 270), lengthdir_y(10, 0)]); // expect: [ 10,0,-10,-10,10,0 ]
P([lengthdir_x(10, 60), lengthdir_y(10, 30), lengthdir_x(0, 45), lengthdir_x(-10, 0)]); // expect: [ 5,-5,0,-10 ]
P([angle_difference(90, 170), angle_difference(0, 10), angle_difference(90, -90), angle_difference(350, 10), angle_difference(10, 350)]); // expect: [ -80,-10,-180,-20,20 ]
P([angle_difference(725, 0), angle_difference(0, 725), is_nan(angle_difference(infinity, 0))]); // expect: [ 5,-5,1 ]

P([dot_product(1, 2, 3, 4), dot_product_3d(1, 2, 3, 4, 5, 6), dot_product(0, 0, 1, 1)]); // expect: [ 11,32,0 ]
P([dot_product_normalised(1, 0, 5, 0), dot_product_normalized(1, 0, 0, 5), dot_product_normalised(2, 0, -3, 0)]); // expect: [ 1,0,-1 ]
P([dot_product_3d_normalised(0, 0, 2, 0, 0, 9), dot_product_3d_normalized(1, 0, 0, 0, 1, 0)]); // expect: [ 1,0 ]
P([is_nan(dot_product_normalised(0, 0, 0, 0)), is_nan(dot_product_3d_normalised(0, 0, 0, 1, 1, 1))]); // expect: [ 1,1 ]
Error(function() { return point_distance(0, 0, "a", 0); }); // expect: argument 3 of point_distance: expected a number, got "a"
Error(function() { return lengthdir_x([], 0); }); // expect: argument 1 of lengthdir_x: expected a number, got [  ]

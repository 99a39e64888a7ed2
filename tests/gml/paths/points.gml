// Paths that a program makes: points, positions, and what changes them.
function P(v) { show_debug_message(v); }

var p = path_add();
P([path_exists(p), path_get_number(p), path_get_length(p), path_get_closed(p), path_get_kind(p), path_get_precision(p)]); // expect: [ 1,0,0,1,0,4 ]
P([path_get_x(p, 0.5), path_get_y(p, 0), path_get_speed(p, 1), path_get_point_x(p, 3)]); // expect: [ 0,0,0,0 ]
path_add_point(p, 0, 0, 100);
path_add_point(p, 100, 0, 50);
path_add_point(p, 100, 100, 100);
P([path_get_length(p) > 341.4, path_get_length(p) < 341.5]); // expect: [ 1,1 ]
path_set_closed(p, false);
P([path_get_length(p), path_get_x(p, 0.25), path_get_speed(p, 0.25), path_get_y(p, 0.75), path_get_x(p, 7)]); // expect: [ 200,50,75,50,100 ]
path_insert_point(p, 1, 50, 50, 10);
path_insert_point(p, 9, 1, 1, 1);
P([path_get_number(p), path_get_point_x(p, 1), path_get_point_y(p, 1), path_get_point_speed(p, 1)]); // expect: [ 4,50,50,10 ]
path_change_point(p, 1, 60, 70, 20);
path_change_point(p, -1, 1, 1, 1);
P([path_get_point_x(p, 1), path_get_point_y(p, 1), path_get_point_speed(p, 1)]); // expect: [ 60,70,20 ]
path_delete_point(p, 1);
path_delete_point(p, 5);
path_shift(p, 10, 20);
P([path_get_number(p), path_get_x(p, 0), path_get_y(p, 1)]); // expect: [ 3,10,120 ]
path_rescale(p, 2, 0.5);
P([path_get_x(p, 0), path_get_y(p, 0), path_get_x(p, 1), path_get_y(p, 1)]); // expect: [ -40,45,160,95 ]
path_mirror(p);
P([path_get_x(p, 0), path_get_x(p, 1)]); // expect: [ 160,-40 ]
path_flip(p);
P([path_get_y(p, 0), path_get_y(p, 1)]); // expect: [ 95,45 ]
path_reverse(p);
P([path_get_x(p, 0), path_get_y(p, 0)]); // expect: [ -40,45 ]
path_rotate(p, 180);
P([path_get_x(p, 0), path_get_y(p, 0)]); // expect: [ 160,95 ]

var q = path_duplicate(p);
path_append(q, p);
P([path_get_number(q), path_get_number(p)]); // expect: [ 6,3 ]
path_append(p, p);
path_assign(q, p);
path_clear_points(p);
P([path_get_number(q), path_get_number(p), path_get_length(p), path_exists(q)]); // expect: [ 6,0,0,1 ]
path_delete(q);
P([path_exists(q), path_get_number(q), path_get_length(q), path_get_x(q, 0), path_duplicate(q), path_get_name(q)]); // expect: [ 0,0,0,-1,-1,"" ]
path_add_point(q, 1, 1, 1);
path_set_kind(q, 1);
path_end();

// A smooth path goes by its inner points without touching them.
var s = path_add();
path_set_closed(s, false);
path_set_kind(s, 1);
path_add_point(s, 0, 0, 100);
path_add_point(s, 100, 0, 100);
path_add_point(s, 100, 100, 0);
P([path_get_x(s, 0), path_get_y(s, 1), path_get_speed(s, 1)]); // expect: [ 0,100,0 ]
P([path_get_length(s) > 160, path_get_length(s) < 200, path_get_x(s, 0.5) < 95, path_get_x(s, 0.5) > 80]); // expect: [ 1,1,1,1 ]
path_set_precision(s, 99);
P(path_get_precision(s)); // expect: 8
path_set_precision(s, 0);
path_set_closed(s, true);
P(path_get_length(s)); // expect: 0

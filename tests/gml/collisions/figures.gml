function P(v) { show_debug_message(v); }

P([point_in_rectangle(5, 5, 0, 0, 10, 10), point_in_rectangle(10, 0, 0, 0, 10, 10)]); // expect: [ 1,1 ]
P([point_in_rectangle(11, 5, 0, 0, 10, 10), point_in_rectangle(5, 5, 10, 10, 0, 0)]); // expect: [ 0,0 ]
P([point_in_circle(3, 4, 0, 0, 5), point_in_circle(3, 4.1, 0, 0, 5), point_in_circle(0, 0, 0, 0, 0)]); // expect: [ 1,0,1 ]
P([point_in_triangle(1, 1, 0, 0, 10, 0, 0, 10), point_in_triangle(1, 1, 0, 0, 0, 10, 10, 0)]); // expect: [ 1,1 ]
P([point_in_triangle(0, 0, 0, 0, 10, 0, 0, 10), point_in_triangle(5, 5, 0, 0, 10, 0, 0, 10)]); // expect: [ 1,0 ]
P([point_in_triangle(9, 9, 0, 0, 10, 0, 0, 10), point_in_triangle(1, 1, 0, 0, 5, 5, 10, 10)]); // expect: [ 0,0 ]

// 0 apart, 1 inside, 2 overlapping
P(rectangle_in_rectangle(1, 1, 2, 2, 0, 0, 10, 10)); // expect: 1
P(rectangle_in_rectangle(0, 0, 10, 10, 1, 1, 2, 2)); // expect: 2
P(rectangle_in_rectangle(-5, 4, 15, 6, 0, 0, 10, 10)); // expect: 2
P(rectangle_in_rectangle(4, -5, 6, 15, 0, 0, 10, 10)); // expect: 2
P(rectangle_in_rectangle(10, 10, 20, 20, 0, 0, 10, 10)); // expect: 2
P(rectangle_in_rectangle(11, 11, 20, 20, 0, 0, 10, 10)); // expect: 0
P(rectangle_in_rectangle(2, 2, 1, 1, 10, 10, 0, 0)); // expect: 1
P(rectangle_in_circle(-1, -1, 1, 1, 0, 0, 2)); // expect: 1
P(rectangle_in_circle(-1, -1, 5, 5, 0, 0, 2)); // expect: 2
P(rectangle_in_circle(-9, -9, 9, 9, 0, 0, 2)); // expect: 2
P(rectangle_in_circle(3, 3, 5, 5, 0, 0, 2)); // expect: 0
P(rectangle_in_triangle(1, 1, 2, 2, 0, 0, 10, 0, 0, 10)); // expect: 1
P(rectangle_in_triangle(4, 4, 9, 9, 0, 0, 10, 0, 0, 10)); // expect: 2
P(rectangle_in_triangle(-9, -9, 90, 90, 0, 0, 10, 0, 0, 10)); // expect: 2
P(rectangle_in_triangle(3, -5, 4, 20, 0, 0, 10, 0, 0, 10)); // expect: 2
P(rectangle_in_triangle(20, 20, 30, 30, 0, 0, 10, 0, 0, 10)); // expect: 0
P(rectangle_in_triangle(6, 6, 9, 9, 0, 0, 10, 0, 0, 10)); // expect: 0
try { point_in_circle(0, 0, undefined, 0, 1); } catch (e) { P(e.message); } // expect: argument 3 of point_in_circle: expected a number, got undefined

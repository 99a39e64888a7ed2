function rounded(m) { return array_map(m, function(v) { return round(v * 100) / 100; }); }
function P(m) { show_debug_message(rounded(m)); }

P(matrix_build_identity()); // expect: [ 1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1 ]
var moved = matrix_build(10, 20, 30, 0, 0, 90, 2, 1, 1);
P(matrix_transform_vertex(moved, 0, 0, 0)); // expect: [ 10,20,30 ]
P(matrix_transform_vertex(moved, 0, 0, 0, 0)); // expect: [ 0,0,0,0 ]
P(matrix_multiply(moved, matrix_inverse(moved))); // expect: [ 1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1 ]
var target = array_create(16, 7); matrix_multiply(moved, matrix_build_identity(), target);
show_debug_message(array_equals(target, moved)); // expect: 1
try { matrix_inverse(array_create(16, 0)); } catch (e) { show_debug_message(e.message); } // expect: matrix_inverse: the matrix has no inverse
try { matrix_multiply([1], [2]); } catch (e) { show_debug_message(e.message); } // expect: a matrix is an array of 16 numbers, not of 1
P(matrix_build_projection_ortho(2, 4, 0, 10)); // expect: [ 1,0,0,0,0,0.50,0,0,0,0,0.10,0,0,0,0,1 ]
P(matrix_build_projection_ortho(0, 4, 0, 10)); // expect: [ 1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1 ]
P(matrix_build_projection_perspective(2, 2, 1, 3)); // expect: [ 1,0,0,0,0,1,0,0,0,0,1.50,1,0,0,-1.50,0 ]
P(matrix_build_projection_perspective_fov(90, 1, 1, 3)); // expect: [ 1,0,0,0,0,1,0,0,0,0,1.50,1,0,0,-1.50,0 ]
P(matrix_build_lookat(0, 0, -5, 0, 0, 0, 0, 1, 0)); // expect: [ 1,0,0,0,0,1,0,0,0,0,1,0,0,0,5,1 ]
matrix_set(matrix_world, moved); show_debug_message(array_equals(matrix_get(matrix_world), moved)); // expect: 1
show_debug_message(matrix_stack_is_empty()); // expect: 1
matrix_stack_push(moved); matrix_stack_push(matrix_build_identity());
show_debug_message(array_equals(matrix_stack_top(), moved)); // expect: 1
matrix_stack_set(matrix_build_identity()); P(matrix_stack_pop()); // expect: [ 1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1 ]
matrix_stack_clear(); show_debug_message(matrix_stack_is_empty()); // expect: 1

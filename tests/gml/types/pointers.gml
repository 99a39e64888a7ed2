// A number moves a pointer: the end of a buffer is its address plus its size.
var buffer = buffer_create(16, buffer_fixed, 1);
var start = buffer_get_address(buffer), end_ = start + buffer_get_size(buffer);
show_debug_message([is_ptr(end_), end_ != start, end_ - 16 == start, 16 + start == end_, typeof(start - 1)]); // expect: [ 1,1,1,1,"ptr" ]
try { show_debug_message(start * 2); } catch (e) { show_debug_message(e.message); } // expect: DoMul :: Execution Error: pointer value in expression

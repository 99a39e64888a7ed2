// An element that is not there: the message has the index and the array's length.

var list = [1, 2], i = 5;
function element(array, at) { return array[at]; }
function message(read) { try { read(); } catch (error) { show_debug_message(error.message); } }

try { show_debug_message(list[7]); } catch (e) { show_debug_message(e.message); }           // expect: Push :: Execution Error - Variable Index [7] out of range [2]
try { show_debug_message(list[i]); } catch (e) { show_debug_message(e.message); }           // expect: Push :: Execution Error - Variable Index [5] out of range [2]
try { show_debug_message(element(list, 2.9)); } catch (e) { show_debug_message(e.message); } // expect: Push :: Execution Error - Variable Index [2] out of range [2]
nested = [[1], [2]];
message(function() { return nested[1][3]; });                                               // expect: Push :: Execution Error - Variable Index [3] out of range [1]
message(function() { return nested[-1]; });                                                 // expect: Variable Index [-1] out of range: an array's first index is 0
try { var sum = 0; for (var k = 0; k < 5; k++) sum += list[k]; } catch (e) { show_debug_message(e.message); } // expect: Push :: Execution Error - Variable Index [2] out of range [2]
message(function() { return array_get([], 0); });                                           // expect: array_get :: Index [0] out of range [0]

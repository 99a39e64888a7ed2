/// A call of undefined, which a macro stands for, and a call with too few arguments for any number fail when they run.
#macro ACTION_FUNCTION undefined
function P(x) { show_debug_message(string(x)); }
function never() { return ACTION_FUNCTION("text"); }
if (ACTION_FUNCTION == undefined) P("no function"); // expect: no function
try { never(); } catch (error) { P(error.message); } // expect: Unable to call function: variable ACTION_FUNCTION is not a function or method; it is undefined
var list = ds_list_create(), queue = ds_queue_create(), stack = ds_stack_create();
ds_list_add(list);
ds_queue_enqueue(queue);
ds_stack_push(stack);
P(ds_list_size(list) + ds_queue_size(queue) + ds_stack_size(stack)); // expect: 0
try { array_push([]); } catch (error) { P(error.message); } // expect: wrong number of arguments for function array_push: 1 given

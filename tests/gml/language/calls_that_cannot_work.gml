/// A call of undefined, which a macro stands for, and a call with too few arguments for any number fail when they run.
#macro ACTION_FUNCTION undefined
function P(x) { show_debug_message(string(x)); }
function never() { return ACTION_FUNCTION("text"); }
if (ACTION_FUNCTION == undefined) P("no function"); // expect: no function
try { never(); } catch (error) { P(error.message); } // expect: Unable to call function: variable ACTION_FUNCTION is not a function or method; it is undefined
var list = ds_list_create();
try { ds_list_add(list); } catch (error) { P(error.message); } // expect: wrong number of arguments for function ds_list_add: 1 given
P(ds_list_size(list)); // expect: 0

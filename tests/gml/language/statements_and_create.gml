// Statements outside any block and `event create` are one Create event, wherever they stand.
function P(v) { show_debug_message(v); }
enum KIND { ONE = 1 }
var n = 1;
first = n + KIND.ONE;

event create {
    function own() { return first; }
    P([n, first, last, own(), is_method(own)]); // expect: [ 1,2,3,2,1 ]
    alarm[0] = 1;
}

last = 3;
event alarm0 { P(script_exists(asset_get_index("own"))); game_end(); } // expect: 0

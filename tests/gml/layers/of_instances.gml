// An instance moves to the layer that it is given, and takes its layer along to other rooms when it is persistent.
function P(v) { show_debug_message(v); }
object obj_a {}

var back = layer_create(500, "back");
var front = layer_create(-50, "front");
var a = instance_create_layer(0, 0, back, obj_a);
P([a.layer == back, a.depth]); // expect: [ 1,500 ]
a.layer = front;
P([a.layer == front, a.depth, layer_has_instance(front, a), layer_has_instance(back, a)]); // expect: [ 1,-50,1,0 ]
a.layer = "back";
P([a.layer == back, a.depth]); // expect: [ 1,500 ]
try { a.layer = "none"; } catch (e) { P(e.message); } // expect: layer cannot be set: the room has no layer "none"
try { a.layer = -1; } catch (e) { P(e.message); } // expect: layer cannot be set: the room has no layer -1
try { a.layer = undefined; } catch (e) { P(e.message); } // expect: layer cannot be set: the room has no layer undefined
P([a.layer == back, a.depth]); // expect: [ 1,500 ]
layer_depth(back, 77.5);
P(a.depth); // expect: 77.50
a.depth = 3;
P([a.layer == back, a.depth]); // expect: [ 1,3 ]
var b = instance_create_depth(0, 0, 9, obj_a);
P([b.layer, b.depth]); // expect: [ -1,9 ]
b.persistent = true;
a.persistent = true;
global.a = a;
global.b = b;
global.next = room_add();
object obj_teller {
    event other_room_start {
        if (room != global.next) exit;
        P([layer_get_name(global.a.layer), global.a.depth, layer_get_depth("back")]); // expect: [ "back",77.50,77.50 ]
        P([layer_exists("front"), global.b.layer, global.b.depth]); // expect: [ 0,-1,9 ]
        game_end();
    }
}
instance_create_depth(0, 0, 0, obj_teller).persistent = true;
room_goto(global.next);

/// Unary plus, pointers from text, and an instance against its id.
function P(x) { show_debug_message(string(x)); }
var s = "abc", n = 5, u = undefined, a = [1], i = int64(7), t = true;
P([+s, +n, +u, +a == a, typeof(+i), typeof(+t), +"12", typeof(+"12"), +-3]); // expect: [ "abc",5,undefined,1,"int64","bool","12","string",-3 ]
P([int64(ptr("FF")), int64(ptr("0xff")), int64(ptr("12")), int64(ptr("00000000000000FF"))]); // expect: [ 255,255,18,255 ]
P([ptr("text") == pointer_null, ptr("") == pointer_null, ptr("0") == pointer_null]); // expect: [ 1,1,1 ]
object o { event create { P([self == id, id == self.id, typeof(self), typeof(id)]); } } // expect: [ 0,1,"struct","ref" ]
instance_create_depth(0, 0, 0, o);
var b = buffer_create(4, buffer_fixed, 1);
buffer_poke(b, 4, buffer_u8, "word"); buffer_poke(b, -1, buffer_u16, undefined); buffer_poke(b, 3, buffer_u16, {});
P(buffer_peek(b, 3, buffer_u8)); // expect: 0
try { buffer_poke(b, 0, buffer_u8, "word"); } catch (e) { P("ERR"); } // expect: ERR
P([ptr("1.72"), ptr("2 apples"), ptr("0x"), ptr("input string") == pointer_null]); // expect: [ 0000000000000001,0000000000000002,null,1 ]

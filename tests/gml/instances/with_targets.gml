// What `with` walks over, and what a handle of something that is gone does.

object obj_a { event create { n = 0; } }
object obj_b : obj_a { }

a = instance_create_depth(1, 0, 0, obj_a);
b = instance_create_depth(2, 0, 0, obj_b);
text = "";
with (obj_a) other.text += string(x);
show_debug_message(text); // expect: 12
with (obj_b) n = 5;
with (a) n = 6;
show_debug_message($"{a.n} {b.n} {obj_a.n}"); // expect: 6 5 6
with (noone) show_debug_message("never");
with (undefined) show_debug_message("never");
with (123456) show_debug_message("never");
with (obj_a) { if (x == 1) instance_destroy(other.b); other.text += "!"; }
show_debug_message(text); // expect: 12!
with (obj_a) instance_create_depth(3, 0, 0, obj_a);
show_debug_message(instance_number(obj_a)); // expect: 2
instance_destroy(obj_a);
show_debug_message(instance_number(obj_a)); // expect: 0
with (a) show_debug_message("never");
try { show_debug_message(obj_a.x); } catch (e) { show_debug_message("ERR"); } // expect: ERR
show_debug_message(self.text == text && other.text == text); // expect: 1
with ({ q : 1 }) show_debug_message($"{q} {other.text}"); // expect: 1 12!

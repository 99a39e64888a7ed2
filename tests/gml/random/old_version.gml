// The generator of old versions gives the same numbers; `choose` draws one number, whatever it chooses among.
function draws(count) {
    var made = [];
    repeat (count) array_push(made, irandom(999999));
    return made;
}
random_set_seed(77);
draws(5);
random_use_old_version(true);
var late = draws(40);
random_set_seed(77);
random_use_old_version(false);
var plain = draws(45);
array_delete(plain, 0, 5);
show_debug_message(array_equals(late, plain)); // expect: 1
random_set_seed(1);
var first = choose("a", "b", "c"), next = random(1);
random_set_seed(1);
var one = "a", two = "b";
show_debug_message(first == choose(one, two, "c")); // expect: 1
show_debug_message(next == random(1)); // expect: 1
show_debug_message(choose("only")); // expect: only

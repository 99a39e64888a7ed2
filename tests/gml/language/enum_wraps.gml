// The members of an enum are int64s: the one after the largest is the smallest.
enum E { last = 9223372036854775807, first, second }
show_debug_message(E.last); // expect: 9223372036854775807
show_debug_message(E.first); // expect: -9223372036854775808
show_debug_message(E.second); // expect: -9223372036854775807
show_debug_message(typeof(E.first)); // expect: int64

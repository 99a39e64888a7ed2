function P(v) { show_debug_message(v); }
var twice = "Hello world!Hello world!";

P([string_pos("l", "hello"), string_pos("x", "hello"), string_pos("", "hello"), string_pos("hello", ""), string_pos(2, 123)]); // expect: [ 3,0,0,0,2 ]
P([string_pos_ext("!", twice, 13), string_pos_ext("!", twice, 12), string_pos_ext("H", twice, 13), string_pos_ext("H", twice, 0)]); // expect: [ 24,12,13,1 ]
P([string_pos_ext("!", twice, 25), string_pos_ext("", twice, 1), string_pos_ext("H", twice, -5)]); // expect: [ 0,0,1 ]
P([string_last_pos("l", "hello"), string_last_pos("x", "hello"), string_last_pos("", "hello"), string_last_pos("a", "")]); // expect: [ 4,0,0,0 ]
P([string_last_pos_ext("!", twice, 12), string_last_pos_ext("!", twice, 11), string_last_pos_ext("Hello", twice, 13)]); // expect: [ 12,0,13 ]
P([string_last_pos_ext("Hello", twice, 12), string_last_pos_ext("!", twice, 99), string_last_pos_ext("H", twice, 0), string_last_pos_ext("H", twice, -3)]); // expect: [ 1,24,0,0 ]
P([string_count("l", "hello"), string_count("aa", "aaaa"), string_count("x", "hello"), string_count("", "hello"), string_count(1, 1213)]); // expect: [ 2,3,0,0,2 ]
P([string_starts_with("hello", "he"), string_starts_with("hello", "lo"), string_starts_with("hello", ""), string_starts_with("", "a")]); // expect: [ 1,0,1,0 ]
P([string_ends_with("hello", "lo"), string_ends_with("hello", "he"), string_ends_with("hello", ""), string_ends_with(125, 25)]); // expect: [ 1,0,1,1 ]
P(string_pos("🙂", "a🙂b")); // expect: 2

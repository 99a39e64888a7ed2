// A store behind the last element makes an array longer, whatever the variable held before.
var list = [];
for (var i = 0; i < 5; i++) list[i] = i * i;
show_debug_message(list); // expect: [ 0,1,4,9,16 ]
list[8] = "far";
show_debug_message(list); // expect: [ 0,1,4,9,16,0,0,0,"far" ]
list = [];
list[0] = list;
show_debug_message(array_length(list)); // expect: 1
var same = list;
list[array_length(list)] = 2;
show_debug_message(array_length(same)); // expect: 2
list = "abc";
list[3] = "d";
show_debug_message(list); // expect: [ 0,0,0,"d" ]
list = undefined;
list[0] = 1;
show_debug_message(list); // expect: [ 1 ]
list = { a : 1 };
list[1] = 5;
show_debug_message(list); // expect: [ 0,5 ]
kept = [];
kept[0] = "a";
kept[1] = "b";
show_debug_message(kept); // expect: [ "a","b" ]
kept = 7;
kept[0] = "c";
show_debug_message(kept); // expect: [ "c" ]
try {
    list[-1] = 3;
} catch (e) {
    show_debug_message("below"); // expect: below
}

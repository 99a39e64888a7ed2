/// Elements of an array that is an argument are written through `argument[i]`, `argument0` and the parameter alike.
function written() {
    argument[0][1] = 9;
    argument[0, 0] = 7;
    argument0[3] = 4;
    argument[1][0][1] = 3;
    argument[0][0] += 1;
    argument[0][0]++;
    return argument[0];
}
var a = [1, 2, 3], b = [[1, 2]];
show_debug_message(written(a, b)); // expect: [ 9,9,3,4 ]
show_debug_message(a); // expect: [ 9,9,3,4 ]
show_debug_message(b); // expect: [ [ 1,3 ] ]

function by_index(first) {
    for (var i = 0; i < argument_count; i++) argument[i][i] = 50 + i;
    argument[0][1] = 9;
    first[0] = 8;
    return argument[0];
}
var c = [0, 0], d = [0, 0];
show_debug_message(by_index(c, d)); // expect: [ 8,9 ]
show_debug_message(d); // expect: [ 0,51 ]

function made() { argument[1][2] = 1; return argument[1]; }
show_debug_message(made(5)); // expect: [ 0,0,1 ]
show_debug_message(made(5, 6)); // expect: [ 0,0,1 ]

// A shuffle takes the seeded draws, from the last place down: the same seed gives the same order.
function P(v) { show_debug_message(v); }
random_set_seed(0); var once = array_shuffle([1, 2, 3, 4, 5]);
random_set_seed(0); var list = ds_list_create(); ds_list_add(list, 1, 2, 3, 4, 5); ds_list_shuffle(list);
var from_list = []; for (var i = 0; i < 5; i++) array_push(from_list, list[| i]);
// CF0C5FEC mod 5 = 0, E6E40FCE mod 4 = 2, 4D8D590E mod 3 = 0, EE447205 mod 2 = 1
P(once); // expect: [ 4,2,5,3,1 ]
P(from_list); // expect: [ 4,2,5,3,1 ]
var sorted = variable_clone(once); array_sort(sorted, true); P(sorted); // expect: [ 1,2,3,4,5 ]
random_set_seed(0); var place = [1, 2, 3, 4, 5]; P([array_shuffle_ext(place), array_equals(place, once)]); // expect: [ 5,1 ]
var part = [1, 2, 3, 4, 5, 6]; P([array_shuffle_ext(part, 2, 3), part[0], part[1], part[5]]); // expect: [ 3,1,2,6 ]
var input = [1, 2, 3]; array_shuffle(input); P(input); // expect: [ 1,2,3 ]
P([array_shuffle([]), array_shuffle([7]), array_shuffle([1, 2, 3], 1, 1), array_shuffle_ext([])]); // expect: [ [  ],[ 7 ],[ 2 ],0 ]

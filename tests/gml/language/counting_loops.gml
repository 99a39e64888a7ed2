// What a counting loop leaves its counter at, in which directions and steps it may count, and bounds that change.
function one_to(n) { return n; }
var seen = "";
for (var i = 0; i < 10; i += 4) seen += string(i) + " ";
show_debug_message(seen + "then " + string(i)); // expect: 0 4 8 then 12
seen = "";
for (var i = 5; i >= 0; i--) seen += string(i) + " ";
show_debug_message(seen + "then " + string(i)); // expect: 5 4 3 2 1 0 then -1
seen = "";
for (var i = 9; i > 0; i -= 4) seen += string(i) + " ";
show_debug_message(seen + "then " + string(i)); // expect: 9 5 1 then -3
for (var i = 7; i < 3; i++) seen = "never";
show_debug_message(i); // expect: 7
for (var i = -2; i > 3; i--) seen = "never";
show_debug_message(i); // expect: -2
for (var i = -3; i <= 3; i++) if (i == 2) break;
show_debug_message(i); // expect: 2
var n = 4, list = [1, 2, 3, 4, 5, 6];
seen = "";
for (var i = 0; i < n - 1; i++) seen += string(i);
show_debug_message(seen); // expect: 012
seen = "";
for (var i = 0; i < n - 1; i++) { seen += string(i); n--; }
show_debug_message(seen); // expect: 01
seen = "";
for (var i = array_length(list) - 1; i >= 0; i--) { if (i == 3) continue; seen += string(list[i]); }
show_debug_message(seen + " " + string(i)); // expect: 65321 -1
seen = "";
for (var i = array_length(list) - 1; i >= 0; i -= 2) { seen += string(list[i]); array_push(list, 0); }
show_debug_message(seen + " " + string(array_length(list))); // expect: 642 9
seen = "";
for (var i = 0; i < array_length(list); i++) { seen += string(list[i]); if (i < 2) array_pop(list); }
show_debug_message(seen); // expect: 1234560
var half = 2.5;
seen = "";
for (var i = 0; i < half; i++) seen += string(i);
for (var i = 4; i >= half; i--) seen += string(i);
show_debug_message(seen); // expect: 01243
for (var i = 0; i <= one_to(3); i++) seen = string(i);
show_debug_message(seen); // expect: 3
for (var j = 3; j > 0; j--) for (var k = j; k >= 1; k--) seen += string(k);
show_debug_message(seen); // expect: 3321211

// A name that is static in one branch of a constant condition and local in the other is what the branch says that is taken.
#macro SHARED true
#macro OWN false
function shared() {
    if (SHARED) { static made = { n : 0 }; } else { var made = { n : 0 }; }
    made.n += 1;
    return made.n;
}
function own() {
    if (OWN) { static made = { n : 0 }; } else { var made = { n : 0 }; }
    made.n += 1;
    return made.n;
}
function turned() {
    if (!SHARED) { var made = 10; } else static made = 5;
    made += 1;
    return made;
}
function alone() { if (false) { static n = 10; } return n++; }
shared(); own(); turned(); alone();
show_debug_message([shared(), own(), turned(), alone()]); // expect: [ 2,1,7,11 ]

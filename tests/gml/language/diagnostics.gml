// expect-diagnostic: 4:5: expected an expression before ;
// expect-diagnostic: 6:1: an expression alone is not a statement: it has no effect

x = ;
y = 1;
y == 2;

// expect-diagnostic: 5:1: unknown function or script: show_debug_mesage
// expect-diagnostic: 6:1: wrong number of arguments for function buffer_create: 1 given, 3 expected
// expect-diagnostic: 7:1: undefined is a constant and cannot be assigned to

show_debug_mesage("x");
buffer_create(1);
undefined = 3;
break; // expect-diagnostic: 8:1: break stands outside a loop
event nonsense { } // expect-diagnostic: 9:7: there is no event called nonsense
event step { }
event step { } // expect-diagnostic: 11:7: the event step is there twice; the first one is in line 10

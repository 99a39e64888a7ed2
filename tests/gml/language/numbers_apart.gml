// Underscores may stand anywhere behind the first digits that say what kind of number it is.
show_debug_message([0b_0000_0101, 0x_FF, 0B__1, 0X_1_F_, $F_F, 1_0.5_0]); // expect: [ 5,255,1,31,255,10.50 ]

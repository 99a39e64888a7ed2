// xprevious is where an instance was when the frame began, however it moved.

x = 5;
event step {
    x += 10;
    show_debug_message($"{xprevious} {x}");
    if (x > 20) game_end();
    // expect: 5 15
    // expect: 15 25
}

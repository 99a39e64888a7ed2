// the single-file form of the GMEdit editor, after script-level code
function twice(n) { return n * 2; }
#event properties
visible = false;
hp:real = 30;
title:string = "server";
#event create first things first
show_debug_message($"{title} {hp} {visible} {twice(hp)}"); // expect: server 30 0 60
ticks = 0;

#event step
if (++ticks == 2) game_end(); // "#event nonsense" in a string or a remark is none
#event other_game_end
show_debug_message($"end after {ticks}"); // expect: end after 2

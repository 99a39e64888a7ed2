// A break in the step of a for leaves that for, as macros use it that look like statements.
#macro SAY for (var said;; { show_debug_message(said); break; }) said =
SAY "once"; // expect: once
for (var i = 0;; { i++; if (i > 3) break; }) {
    if (i == 1) continue;
    show_debug_message(i);
}
// expect: 0
// expect: 2
// expect: 3
for (var i = 0; i < 2; i++) for (var j = 0;; { j += 2; if (j > 2) break; }) show_debug_message([i, j]);
// expect: [ 0,0 ]
// expect: [ 0,2 ]
// expect: [ 1,0 ]
// expect: [ 1,2 ]
for (var k = 0;; { k++; switch (k) { case 2: break; default: SAY k; } if (k == 3) break; }) { try { if (k == 1) continue; } catch (e) {} }
// expect: 1
// expect: 3

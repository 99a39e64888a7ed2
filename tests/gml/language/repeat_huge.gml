// More rounds than anybody counts: repeat goes on until something ends it.
function rounds(count) {
    var n = 0;
    repeat (count) {
        n++;
        if (n == 3) return n;
    }
    return n;
}
show_debug_message(rounds(power(10, 300))); // expect: 3
show_debug_message(rounds(int64(9223372036854775807))); // expect: 3
show_debug_message(rounds(-power(10, 300))); // expect: 0

/// Thinks for ever, and swallows all errors: it is sent off.
function play(mine, theirs) {
    while (true) {
        try { throw "hm"; } catch (error) { last = error; }
    }
}

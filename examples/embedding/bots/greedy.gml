/// Takes everything, always.
function play(mine, theirs) {
    return "steal";
}

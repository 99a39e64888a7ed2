/// Shares until somebody steals from it.
function play(mine, theirs) {
    return array_contains(theirs, "steal") ? "steal" : "share";
}

/// Tries to look at the other bots' code: it is sent off.
function play(mine, theirs) {
    return file_text_read_string(file_text_open_read("greedy.gml"));
}

"""Lines of comma-separated fields: `string_split`, `real` and `string_join_ext`."""

GML = """
function bench() {
    var lines = [];
    for (var i = 0; i < 400; i++) {
        var head = "player" + string(i) + "," + string(i * 3);
        array_push(lines, head + "," + string(i mod 2) + ",zone" + string(i mod 9));
    }
    var text = string_join_ext("\\n", lines);
    var total = 0;
    var rows = string_split(text, "\\n");
    for (var i = 0; i < array_length(rows); i++) {
        var fields = string_split(rows[i], ",");
        total += real(fields[1]);
        if (fields[2] == "1") total += string_length(fields[0]);
        if (string_starts_with(fields[3], "zone")) total += real(string_delete(fields[3], 1, 4));
        if (string_pos("9", fields[0]) > 0) total += 1;
        total += string_length(string_upper(string_replace(fields[0], "player", "p")));
    }
    return total;
}
"""


def python() -> float:
    lines = []
    for i in range(400):
        lines.append("player" + str(i) + "," + str(i * 3) + "," + str(i % 2) + ",zone" + str(i % 9))
    text = "\n".join(lines)
    total = 0.0
    for row in text.split("\n"):
        fields = row.split(",")
        total += float(fields[1])
        if fields[2] == "1":
            total += len(fields[0])
        if fields[3].startswith("zone"):
            total += float(fields[3][4:])
        if fields[0].find("9") >= 0:
            total += 1
        total += len(fields[0].replace("player", "p", 1).upper())
    return total

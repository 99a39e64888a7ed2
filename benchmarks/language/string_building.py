"""A long string made piece by piece."""

GML = """
function bench() {
    var text = "";
    for (var i = 0; i < 50000; i++) {
        text += "ab";
        if (i mod 10 == 0) text += ",";
    }
    return string_length(text);
}
"""


def python() -> int:
    text = ""
    for i in range(50000):
        text += "ab"
        if i % 10 == 0:
            text += ","
    return len(text)

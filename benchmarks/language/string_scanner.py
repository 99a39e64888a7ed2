"""Markup that is scanned with `string_pos_ext`, `string_copy` and `string_delete`."""

GML = """
function expand(text, values) {
    var result = "";
    var at = 1;
    while (true) {
        var open = string_pos_ext("{", text, at - 1);
        if (open == 0) break;
        var close = string_pos_ext("}", text, open);
        result += string_copy(text, at, open - at);
        var name = string_copy(text, open + 1, close - open - 1);
        var value = values[$ name];
        result += is_undefined(value) ? "?" : string(value);
        at = close + 1;
    }
    return result + string_copy(text, at, string_length(text) - at + 1);
}
function words(text) {
    var count = 0;
    text = string_trim(text);
    while (string_length(text) > 0) {
        var at = string_pos(" ", text);
        if (at == 0) at = string_length(text) + 1;
        count += at;
        text = string_delete(text, 1, at);
    }
    return count;
}
function count_of(sub, text) {
    var count = 0;
    for (var i = 1; i <= string_length(text); i++) {
        if (string_char_at(text, i) == sub) count++;
    }
    return count;
}
function bench() {
    var values = { name: "Ada", hp: 12, gold: 350, place: "the old mill" };
    var total = 0;
    for (var i = 0; i < 150; i++) {
        values.hp = i;
        var line = expand("Hello {name}, you have {hp} points and {gold} coins at {place}. {unknown} waits.", values);
        total += string_length(line) + words(line) + count_of("o", line) + string_count("a", line);
    }
    return total;
}
"""


def expand(text: str, values: dict) -> str:
    result = ""
    at = 0
    while True:
        opened = text.find("{", at)
        if opened < 0:
            break
        closed = text.find("}", opened)
        result += text[at:opened]
        value = values.get(text[opened + 1 : closed])
        result += "?" if value is None else str(value)
        at = closed + 1
    return result + text[at:]


def words(text: str) -> int:
    count = 0
    text = text.strip()
    while len(text) > 0:
        at = text.find(" ") + 1
        if at == 0:
            at = len(text) + 1
        count += at
        text = text[at:]
    return count


def count_of(sub: str, text: str) -> int:
    count = 0
    for c in text:
        if c == sub:
            count += 1
    return count


def python() -> float:
    values = {"name": "Ada", "hp": 12, "gold": 350, "place": "the old mill"}
    total = 0
    for i in range(150):
        values["hp"] = i
        line = expand("Hello {name}, you have {hp} points and {gold} coins at {place}. {unknown} waits.", values)
        total += len(line) + words(line) + count_of("o", line) + line.count("a")
    return total

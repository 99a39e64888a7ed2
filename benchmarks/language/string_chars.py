"""A tokenizer that reads an expression character by character."""

GML = """
function is_digit(c) {
    return c >= "0" && c <= "9";
}
function is_letter(c) {
    var code = ord(c);
    return (code >= ord("a") && code <= ord("z")) || c == "_";
}
function tokenize(text) {
    var tokens = [];
    var pos = 1;
    var len = string_length(text);
    while (pos <= len) {
        var c = string_char_at(text, pos);
        if (c == " ") {
            pos++;
        } else if (is_digit(c)) {
            var num = "";
            while (pos <= len && is_digit(string_char_at(text, pos))) {
                num += string_char_at(text, pos);
                pos++;
            }
            array_push(tokens, real(num));
        } else if (is_letter(c)) {
            var start = pos;
            while (pos <= len && is_letter(string_char_at(text, pos))) pos++;
            array_push(tokens, string_copy(text, start, pos - start));
        } else {
            array_push(tokens, c);
            pos++;
        }
    }
    return tokens;
}
function bench() {
    var total = 0;
    repeat (60) {
        var tokens = tokenize("hp_max = base_hp * 12 + (level - 1) * 35; damage = attack_power / 2 - armour");
        for (var i = 0; i < array_length(tokens); i++) {
            if (is_string(tokens[i])) total += string_length(tokens[i]);
            else total += tokens[i];
        }
    }
    return total;
}
"""


def is_digit(c: str) -> bool:
    return "0" <= c <= "9"


def is_letter(c: str) -> bool:
    code = ord(c)
    return (ord("a") <= code <= ord("z")) or c == "_"


def tokenize(text: str) -> list:
    tokens: list = []
    pos = 0
    length = len(text)
    while pos < length:
        c = text[pos]
        if c == " ":
            pos += 1
        elif is_digit(c):
            num = ""
            while pos < length and is_digit(text[pos]):
                num += text[pos]
                pos += 1
            tokens.append(float(num))
        elif is_letter(c):
            start = pos
            while pos < length and is_letter(text[pos]):
                pos += 1
            tokens.append(text[start:pos])
        else:
            tokens.append(c)
            pos += 1
    return tokens


def python() -> float:
    total = 0.0
    for _ in range(60):
        for token in tokenize("hp_max = base_hp * 12 + (level - 1) * 35; damage = attack_power / 2 - armour"):
            if isinstance(token, str):
                total += len(token)
            else:
                total += token
    return total

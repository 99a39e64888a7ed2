"""The Json of "Are We Fast Yet": a parser of JSON, written in the program, that reads character by character."""

from __future__ import annotations

from typing import Any

GML = r"""
function JsonValue(kind, value) constructor {
    self.kind = kind;
    self.value = value;
}
function JsonArray() constructor {
    values = [];
    static add = function(value) {
        array_push(values, value);
    };
    static size = function() {
        return array_length(values);
    };
}
function JsonObject() constructor {
    names = [];
    values = [];
    table = array_create(32, 0);
    static add = function(name, value) {
        array_push(names, name);
        array_push(values, value);
        if (array_length(names) <= 255) {
            table[slot(name)] = array_length(names);
        }
    };
    static slot = function(name) {
        return string_length(name) & 31;
    };
    static get = function(name) {
        var at = index_of(name);
        return (at >= 0) ? values[at] : undefined;
    };
    static index_of = function(name) {
        var at = table[slot(name)] - 1;
        if (at >= 0 && names[at] == name) {
            return at;
        }
        for (var i = 0; i < array_length(names); i++) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    };
}
function JsonParser(text) constructor {
    self.text = text;
    index = -1;
    line = 1;
    current = "";
    captured = "";
    start = -1;
    static parse = function() {
        read();
        skip_white();
        return read_value();
    };
    static read_value = function() {
        if (current == "[") {
            return read_array();
        }
        if (current == "{") {
            return read_object();
        }
        if (current == "\"") {
            return new JsonValue("string", read_string());
        }
        if (current == "t") {
            return read_word("true");
        }
        if (current == "f") {
            return read_word("false");
        }
        if (current == "n") {
            return read_word("null");
        }
        return read_number();
    };
    static read_array = function() {
        read();
        var found = new JsonArray();
        skip_white();
        if (read_char("]")) {
            return found;
        }
        var reading = true;
        while (reading) {
            skip_white();
            found.add(read_value());
            skip_white();
            reading = read_char(",");
        }
        read_char("]");
        return found;
    };
    static read_object = function() {
        read();
        var found = new JsonObject();
        skip_white();
        if (read_char("}")) {
            return found;
        }
        var reading = true;
        while (reading) {
            skip_white();
            var name = read_string();
            skip_white();
            read_char(":");
            skip_white();
            found.add(name, read_value());
            skip_white();
            reading = read_char(",");
        }
        read_char("}");
        return found;
    };
    static read_word = function(word) {
        for (var i = 0; i < string_length(word); i++) {
            read_char(string_char_at(word, i + 1));
        }
        return new JsonValue("literal", word);
    };
    static read_string = function() {
        read();
        start_capture();
        while (current != "\"") {
            if (current == "\\") {
                pause_capture();
                read();
                captured += current;
                read();
                start_capture();
            } else {
                read();
            }
        }
        var text = end_capture();
        read();
        return text;
    };
    static read_number = function() {
        start_capture();
        read_char("-");
        while (read_digit()) {}
        if (read_char(".")) {
            while (read_digit()) {}
        }
        if (read_char("e")) {
            while (read_digit()) {}
        }
        return new JsonValue("number", end_capture());
    };
    static read_char = function(char) {
        if (current != char) {
            return false;
        }
        read();
        return true;
    };
    static read_digit = function() {
        if (!is_digit()) {
            return false;
        }
        read();
        return true;
    };
    static skip_white = function() {
        while (is_white()) {
            read();
        }
    };
    static read = function() {
        if (current == "\n") {
            line++;
        }
        index++;
        if (index < string_length(text)) {
            current = string_char_at(text, index + 1);
        } else {
            current = "";
        }
    };
    static start_capture = function() {
        start = index;
    };
    static pause_capture = function() {
        captured += string_copy(text, start + 1, index - start);
        start = -1;
    };
    static end_capture = function() {
        pause_capture();
        var text = captured;
        captured = "";
        return text;
    };
    static is_white = function() {
        return current == " " || current == "\n" || current == "\t";
    };
    static is_digit = function() {
        return current >= "0" && current <= "9";
    };
}
function make_text() {
    var text = "{\"head\": {\"requestCounter\": 4, \"ok\": true}, \"operations\": [";
    for (var i = 0; i < 12; i++) {
        if (i > 0) {
            text += ",";
        }
        text += "\n    [\"create\", \"w" + string(i) + "\", \"rwt.widgets.Composite\", {\"parent\": \"w1\", ";
        text += "\"style\": [\"BORDER\", \"NO_SCROLL\"], \"bounds\": [" + string(i * 11) + ", -31.5, 1e3, 0], ";
        text += "\"visible\": false, \"label\": \"a\\\"b\", \"data\": null}]";
    }
    return text + "]}";
}
function bench() {
    var parsed = new JsonParser(make_text()).parse();
    var operations = parsed.get("operations");
    var last = operations.values[operations.size() - 1];
    var bounds = last.values[3].get("bounds");
    var label = last.values[3].get("label");
    return operations.size() * 1000 + real(bounds.values[0].value) + string_length(label.value);
}
"""


class JsonValue:
    def __init__(self, kind: Any, value: Any) -> None:
        self.kind = kind
        self.value = value


class JsonArray:
    def __init__(self) -> None:
        self.values = []

    def add(self, value: Any) -> Any:
        self.values.append(value)

    def size(self) -> Any:
        return len(self.values)


class JsonObject:
    def __init__(self) -> None:
        self.names = []
        self.values = []
        self.table = [0] * 32

    def add(self, name: Any, value: Any) -> Any:
        self.names.append(name)
        self.values.append(value)
        if len(self.names) <= 255:
            self.table[self.slot(name)] = len(self.names)

    def slot(self, name: Any) -> Any:
        return len(name) & 31

    def get(self, name: Any) -> Any:
        at = self.index_of(name)
        return self.values[at] if at >= 0 else None

    def index_of(self, name: Any) -> Any:
        at = self.table[self.slot(name)] - 1
        if at >= 0 and self.names[at] == name:
            return at
        for i in range(len(self.names)):
            if self.names[i] == name:
                return i
        return -1


class JsonParser:
    def __init__(self, text: Any) -> None:
        self.text = text
        self.index = -1
        self.line = 1
        self.current = ""
        self.captured = ""
        self.start = -1

    def parse(self) -> Any:
        self.read()
        self.skip_white()
        return self.read_value()

    def read_value(self) -> Any:
        if self.current == "[":
            return self.read_array()
        if self.current == "{":
            return self.read_object()
        if self.current == '"':
            return JsonValue("string", self.read_string())
        if self.current == "t":
            return self.read_word("true")
        if self.current == "f":
            return self.read_word("false")
        if self.current == "n":
            return self.read_word("null")
        return self.read_number()

    def read_array(self) -> Any:
        self.read()
        found = JsonArray()
        self.skip_white()
        if self.read_char("]"):
            return found
        reading = True
        while reading:
            self.skip_white()
            found.add(self.read_value())
            self.skip_white()
            reading = self.read_char(",")
        self.read_char("]")
        return found

    def read_object(self) -> Any:
        self.read()
        found = JsonObject()
        self.skip_white()
        if self.read_char("}"):
            return found
        reading = True
        while reading:
            self.skip_white()
            name = self.read_string()
            self.skip_white()
            self.read_char(":")
            self.skip_white()
            found.add(name, self.read_value())
            self.skip_white()
            reading = self.read_char(",")
        self.read_char("}")
        return found

    def read_word(self, word: Any) -> Any:
        for i in range(len(word)):
            self.read_char(word[i])
        return JsonValue("literal", word)

    def read_string(self) -> Any:
        self.read()
        self.start_capture()
        while self.current != '"':
            if self.current == "\\":
                self.pause_capture()
                self.read()
                self.captured += self.current
                self.read()
                self.start_capture()
            else:
                self.read()
        text = self.end_capture()
        self.read()
        return text

    def read_number(self) -> Any:
        self.start_capture()
        self.read_char("-")
        while self.read_digit():
            pass
        if self.read_char("."):
            while self.read_digit():
                pass
        if self.read_char("e"):
            while self.read_digit():
                pass
        return JsonValue("number", self.end_capture())

    def read_char(self, char: Any) -> Any:
        if self.current != char:
            return False
        self.read()
        return True

    def read_digit(self) -> Any:
        if not self.is_digit():
            return False
        self.read()
        return True

    def skip_white(self) -> Any:
        while self.is_white():
            self.read()

    def read(self) -> Any:
        if self.current == "\n":
            self.line += 1
        self.index += 1
        if self.index < len(self.text):
            self.current = self.text[self.index]
        else:
            self.current = ""

    def start_capture(self) -> Any:
        self.start = self.index

    def pause_capture(self) -> Any:
        self.captured += self.text[self.start : self.index]
        self.start = -1

    def end_capture(self) -> Any:
        self.pause_capture()
        text = self.captured
        self.captured = ""
        return text

    def is_white(self) -> Any:
        return self.current == " " or self.current == "\n" or self.current == "\t"

    def is_digit(self) -> Any:
        return self.current >= "0" and self.current <= "9"


def make_text() -> Any:
    text = '{"head": {"requestCounter": 4, "ok": true}, "operations": ['
    for i in range(12):
        if i > 0:
            text += ","
        text += '\n    ["create", "w' + str(i) + '", "rwt.widgets.Composite", {"parent": "w1", '
        text += '"style": ["BORDER", "NO_SCROLL"], "bounds": [' + str(i * 11) + ", -31.5, 1e3, 0], "
        text += '"visible": false, "label": "a\\"b", "data": null}]'
    return text + "]}"


def python() -> float:
    parsed = JsonParser(make_text()).parse()
    operations = parsed.get("operations")
    last = operations.values[operations.size() - 1]
    bounds = last.values[3].get("bounds")
    label = last.values[3].get("label")
    return operations.size() * 1000 + int(bounds.values[0].value) + len(label.value)

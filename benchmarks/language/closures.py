"""Methods that are bound to structs, callbacks in arrays, and an event bus."""

GML = """
function Bus() constructor {
    handlers = {};
    static on = function(name, callback) {
        if (!variable_struct_exists(handlers, name)) handlers[$ name] = [];
        array_push(handlers[$ name], callback);
    }
    static emit = function(name, value) {
        var list = handlers[$ name];
        if (list == undefined) return 0;
        for (var i = 0; i < array_length(list); i++) list[i](value);
        return array_length(list);
    }
}
function make_counter(start) {
    var state = { value: start };
    return method(state, function(by) {
        value += by;
        return value;
    });
}
function compose(f, g) {
    return method({ f: f, g: g }, function(v) { return f(g(v)); });
}
function double(v) { return v * 2; }
function plus_one(v) { return v + 1; }
function bench() {
    var bus = new Bus();
    var seen = { total: 0, hits: 0 };
    bus.on("score", method(seen, function(points) { total += points; }));
    bus.on("score", method(seen, function(points) { if (points > 50) hits++; }));
    bus.on("quit", function(code) { return code; });
    for (var i = 0; i < 1500; i++) bus.emit("score", i mod 100);
    bus.emit("quit", 0);
    var counter = make_counter(10);
    for (var i = 0; i < 3000; i++) counter(2);
    var both = compose(double, plus_one);
    var total = 0;
    for (var i = 0; i < 2000; i++) total += both(i);
    return seen.total + seen.hits + counter(0) + total;
}
"""


class Bus:
    def __init__(self) -> None:
        self.handlers: dict = {}

    def on(self, name: str, callback: object) -> None:
        if name not in self.handlers:
            self.handlers[name] = []
        self.handlers[name].append(callback)

    def emit(self, name: str, value: float) -> int:
        handlers = self.handlers.get(name)
        if handlers is None:
            return 0
        for handler in handlers:
            handler(value)
        return len(handlers)


class Seen:
    def __init__(self) -> None:
        self.total = self.hits = 0

    def add(self, points: int) -> None:
        self.total += points

    def hit(self, points: int) -> None:
        if points > 50:
            self.hits += 1


def make_counter(start: int) -> object:
    value = start

    def count(by: int) -> int:
        nonlocal value
        value += by
        return value

    return count


def compose(f: object, g: object) -> object:
    return lambda v: f(g(v))


def double(v: int) -> int:
    return v * 2


def plus_one(v: int) -> int:
    return v + 1


def python() -> float:
    bus, seen = Bus(), Seen()
    bus.on("score", seen.add)
    bus.on("score", seen.hit)
    bus.on("quit", lambda code: code)
    for i in range(1500):
        bus.emit("score", i % 100)
    bus.emit("quit", 0)
    counter = make_counter(10)
    for _ in range(3000):
        counter(2)
    both = compose(double, plus_one)
    total = 0
    for i in range(2000):
        total += both(i)
    return seen.total + seen.hits + counter(0) + total

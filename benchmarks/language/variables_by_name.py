"""Structs whose variables are read, written, listed and removed by name."""

GML = """
function merge(target, source) {
    var names = variable_struct_get_names(source);
    for (var i = 0; i < array_length(names); i++) {
        var name = names[i];
        if (variable_struct_exists(target, name)) {
            variable_struct_set(target, name, variable_struct_get(target, name) + source[$ name]);
        } else {
            target[$ name] = source[$ name];
        }
    }
}
function bench() {
    var stats = {};
    for (var i = 0; i < 300; i++) {
        var bonus = { hp: i mod 5, mana: 2 };
        bonus[$ "slot" + string(i mod 8)] = 1;
        if (i mod 2 == 0) struct_set(bonus, "speed", 0.5);
        merge(stats, bonus);
    }
    var total = 0;
    var names = struct_get_names(stats);
    for (var i = 0; i < array_length(names); i++) total += stats[$ names[i]];
    for (var i = 0; i < 2000; i++) {
        var key = "k" + string(i mod 50);
        if (struct_exists(stats, key)) stats[$ key] += i mod 3;
        else stats[$ key] = 1;
    }
    for (var i = 0; i < 50; i += 2) variable_struct_remove(stats, "k" + string(i));
    names = variable_struct_get_names(stats);
    for (var i = 0; i < array_length(names); i++) total += stats[$ names[i]];
    return total + variable_struct_names_count(stats);
}
"""


def merge(target: dict, source: dict) -> None:
    for name in list(source):
        if name in target:
            target[name] = target[name] + source[name]
        else:
            target[name] = source[name]


def python() -> float:
    stats: dict = {}
    for i in range(300):
        bonus: dict = {"hp": i % 5, "mana": 2}
        bonus["slot" + str(i % 8)] = 1
        if i % 2 == 0:
            bonus["speed"] = 0.5
        merge(stats, bonus)
    total = 0.0
    for name in list(stats):
        total += stats[name]
    for i in range(2000):
        key = "k" + str(i % 50)
        if key in stats:
            stats[key] += i % 3
        else:
            stats[key] = 1
    for i in range(0, 50, 2):
        del stats["k" + str(i)]
    for name in list(stats):
        total += stats[name]
    return total + len(stats)

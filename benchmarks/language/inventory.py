"""Inventories: a `ds_map` of `ds_list`s of items, with counts in another `ds_map`."""

GML = """
function add_item(inventory, owner, item) {
    if (!ds_map_exists(inventory, owner)) {
        ds_map_add_list(inventory, owner, ds_list_create());
    }
    ds_list_add(inventory[? owner], item);
}
function bench() {
    var inventory = ds_map_create();
    var counts = ds_map_create();
    var names = ["sword", "shield", "potion", "arrow", "gem"];
    for (var i = 0; i < 3000; i++) {
        var owner = "player" + string(i mod 25);
        var item = names[(i * 7) mod 5];
        add_item(inventory, owner, item);
        if (ds_map_exists(counts, item)) {
            counts[? item] += 1;
        } else {
            counts[? item] = 1;
        }
    }
    var total = 0;
    var key = ds_map_find_first(inventory);
    while (!is_undefined(key)) {
        var list = inventory[? key];
        for (var i = 0; i < ds_list_size(list); i++) {
            if (list[| i] == "potion") total += 2;
            else total += string_length(ds_list_find_value(list, i));
        }
        var at = ds_list_find_index(list, "gem");
        if (at >= 0) ds_list_delete(list, at);
        total += ds_list_size(list);
        key = ds_map_find_next(inventory, key);
    }
    for (var i = 0; i < array_length(names); i++) total += counts[? names[i]] * (i + 1);
    ds_map_destroy(inventory);
    ds_map_destroy(counts);
    return total;
}
"""


def add_item(inventory: dict, owner: str, item: str) -> None:
    if owner not in inventory:
        inventory[owner] = []
    inventory[owner].append(item)


def python() -> float:
    inventory: dict = {}
    counts: dict = {}
    names = ["sword", "shield", "potion", "arrow", "gem"]
    for i in range(3000):
        owner = "player" + str(i % 25)
        item = names[(i * 7) % 5]
        add_item(inventory, owner, item)
        if item in counts:
            counts[item] += 1
        else:
            counts[item] = 1
    total = 0
    for items in inventory.values():
        for item in items:
            if item == "potion":
                total += 2
            else:
                total += len(item)
        if "gem" in items:
            items.remove("gem")
        total += len(items)
    for i, name in enumerate(names):
        total += counts[name] * (i + 1)
    return total

"""The Havlak of "Are We Fast Yet": the loops of a control flow graph, found with Havlak's algorithm and union-find."""

from __future__ import annotations

from typing import Any

GML = """
#macro UNVISITED -1
#macro MOST_BACK_EDGES 50
#macro NORMAL 0
#macro SELF_LOOP 1
#macro REDUCIBLE 2
#macro IRREDUCIBLE 3
#macro DEAD 4
function BasicBlock(name) constructor {
    self.name = name;
    entries = [];
    exits = [];
}
function Graph() constructor {
    blocks = [];
    static block = function(name) {
        while (array_length(blocks) <= name) {
            array_push(blocks, new BasicBlock(array_length(blocks)));
        }
        return blocks[name];
    };
    static connect = function(source, target) {
        var first = block(source);
        var second = block(target);
        array_push(first.exits, second);
        array_push(second.entries, first);
    };
    static straight = function(start, count) {
        for (var i = 0; i < count; i++) {
            connect(start + i, start + i + 1);
        }
        return start + count;
    };
    static diamond = function(start) {
        connect(start, start + 1);
        connect(start, start + 2);
        connect(start + 1, start + 3);
        connect(start + 2, start + 3);
        return start + 3;
    };
    static base_loop = function(start) {
        var header = straight(start, 1);
        var first = diamond(header);
        first = straight(first, 1);
        var second = diamond(first);
        second = straight(second, 1);
        connect(second, first);
        var third = diamond(second);
        third = straight(third, 1);
        connect(third, header);
        return straight(third, 1);
    };
}
function Loop(header, is_reducible) constructor {
    self.header = header;
    self.is_reducible = is_reducible;
    parent = undefined;
    children = [];
    blocks = [];
    nesting = 0;
    depth = 0;
    static add_child = function(loop) {
        array_push(children, loop);
        loop.parent = self;
    };
    static set_nesting = function(depth) {
        self.depth = depth;
        for (var at_child = 0; at_child < array_length(children); at_child++) {
            var child = children[at_child];
            child.set_nesting(depth + 1);
            nesting = max(nesting, child.nesting + 1);
        }
    };
}
function Node(block, number) constructor {
    parent = self;
    self.block = block;
    self.number = number;
    loop = undefined;
    static find_set = function() {
        var passed = [];
        var node = self;
        while (node != node.parent) {
            if (node.parent != node.parent.parent) {
                array_push(passed, node);
            }
            node = node.parent;
        }
        for (var at_one = 0; at_one < array_length(passed); at_one++) {
            var one = passed[at_one];
            one.parent = parent;
        }
        return node;
    };
}
function LoopFinder(graph) constructor {
    self.graph = graph;
    size = array_length(graph.blocks);
    numbers = array_create(size, UNVISITED);
    last = array_create(size, 0);
    header = array_create(size, 0);
    kinds = array_create(size, NORMAL);
    nodes = array_create(size, undefined);
    back = [];
    others = [];
    loops = [];
    for (var _i = 0; _i < size; _i++) {
        array_push(back, []);
        array_push(others, []);
    }
    static search = function(block, current) {
        nodes[current] = new Node(block, current);
        numbers[block.name] = current;
        var last = current;
        for (var at_target = 0; at_target < array_length(block.exits); at_target++) {
            var target = block.exits[at_target];
            if (numbers[target.name] == UNVISITED) {
                last = search(target, last + 1);
            }
        }
        self.last[current] = last;
        return last;
    };
    static is_ancestor = function(first, second) {
        return first <= second && second <= last[first];
    };
    static sort_edges = function(size) {
        for (var w = 0; w < size; w++) {
            var block = nodes[w].block;
            for (var at_source = 0; at_source < array_length(block.entries); at_source++) {
                var source = block.entries[at_source];
                var v = numbers[source.name];
                if (v != UNVISITED) {
                    if (is_ancestor(w, v)) {
                        array_push(back[w], v);
                    } else {
                        array_push(others[w], v);
                    }
                }
            }
        }
    };
    static find = function() {
        var size = search(graph.blocks[0], 0) + 1;
        sort_edges(size);
        for (var w = size - 1; w > -1; w--) {
            var pool = [];
            step_d(w, pool);
            var todo = [];
            for (var at_one = 0; at_one < array_length(pool); at_one++) {
                var one = pool[at_one];
                array_push(todo, one);
            }
            if (array_length(pool) > 0) {
                kinds[w] = REDUCIBLE;
            }
            var at = 0;
            while (at < array_length(todo)) {
                var x = todo[at];
                at++;
                if (array_length(others[x.number]) > MOST_BACK_EDGES) {
                    exit;
                }
                step_e(w, pool, todo, x);
            }
            if (array_length(pool) > 0 || kinds[w] == SELF_LOOP) {
                var loop = new Loop(nodes[w].block, kinds[w] != IRREDUCIBLE);
                set_attributes(w, pool, loop);
                array_push(loops, loop);
            }
        }
    };
    static step_d = function(w, pool) {
        for (var at_v = 0; at_v < array_length(back[w]); at_v++) {
            var v = back[w][at_v];
            if (v != w) {
                array_push(pool, nodes[v].find_set());
            } else {
                kinds[w] = SELF_LOOP;
            }
        }
    };
    static step_e = function(w, pool, todo, x) {
        for (var at_y = 0; at_y < array_length(others[x.number]); at_y++) {
            var y = others[x.number][at_y];
            var found = nodes[y].find_set();
            if (!is_ancestor(w, found.number)) {
                kinds[w] = IRREDUCIBLE;
                array_push(others[w], found.number);
            } else if (found.number != w && place_of(pool, found) < 0) {
                array_push(todo, found);
                array_push(pool, found);
            }
        }
    };
    static set_attributes = function(w, pool, loop) {
        nodes[w].loop = loop;
        for (var at_node = 0; at_node < array_length(pool); at_node++) {
            var node = pool[at_node];
            header[node.number] = w;
            node.parent = nodes[w];
            if (node.loop != undefined) {
                loop.add_child(node.loop);
            } else {
                array_push(loop.blocks, node.block);
            }
        }
    };
}
function place_of(pool, node) {
    for (var i = 0; i < array_length(pool); i++) {
        if (pool[i] == node) {
            return i;
        }
    }
    return -1;
}
function bench() {
    var graph = new Graph();
    var finish = graph.straight(0, 2);
    for (var _i = 0; _i < 6; _i++) {
        var top = finish;
        graph.straight(top, 1);
        finish = top + 1;
        for (var _j = 0; _j < 4; _j++) {
            var inner = finish;
            for (var _k = 0; _k < 3; _k++) {
                finish = graph.base_loop(finish);
            }
            finish = graph.straight(finish, 1);
            graph.connect(finish, inner);
        }
        graph.connect(finish, top);
        finish = graph.straight(finish, 1);
    }
    var finder = new LoopFinder(graph);
    finder.find();
    var total = 0;
    for (var at_loop = 0; at_loop < array_length(finder.loops); at_loop++) {
        var loop = finder.loops[at_loop];
        if (loop.parent == undefined) {
            loop.set_nesting(1);
            total += loop.nesting * 10;
        }
        total += array_length(loop.blocks);
    }
    return array_length(finder.loops) * 10000 + total;
}
"""

UNVISITED = -1
MOST_BACK_EDGES = 50
NORMAL = 0
SELF_LOOP = 1
REDUCIBLE = 2
IRREDUCIBLE = 3
DEAD = 4


class BasicBlock:
    def __init__(self, name: Any) -> None:
        self.name = name
        self.entries = []
        self.exits = []


class Graph:
    def __init__(self) -> None:
        self.blocks = []

    def block(self, name: Any) -> Any:
        while len(self.blocks) <= name:
            self.blocks.append(BasicBlock(len(self.blocks)))
        return self.blocks[name]

    def connect(self, source: Any, target: Any) -> Any:
        first = self.block(source)
        second = self.block(target)
        first.exits.append(second)
        second.entries.append(first)

    def straight(self, start: Any, count: Any) -> Any:
        for i in range(count):
            self.connect(start + i, start + i + 1)
        return start + count

    def diamond(self, start: Any) -> Any:
        self.connect(start, start + 1)
        self.connect(start, start + 2)
        self.connect(start + 1, start + 3)
        self.connect(start + 2, start + 3)
        return start + 3

    def base_loop(self, start: Any) -> Any:
        header = self.straight(start, 1)
        first = self.diamond(header)
        first = self.straight(first, 1)
        second = self.diamond(first)
        second = self.straight(second, 1)
        self.connect(second, first)
        third = self.diamond(second)
        third = self.straight(third, 1)
        self.connect(third, header)
        return self.straight(third, 1)


class Loop:
    def __init__(self, header: Any, is_reducible: Any) -> None:
        self.header = header
        self.is_reducible = is_reducible
        self.parent = None
        self.children = []
        self.blocks = []
        self.nesting = 0
        self.depth = 0

    def add_child(self, loop: Any) -> Any:
        self.children.append(loop)
        loop.parent = self

    def set_nesting(self, depth: Any) -> Any:
        self.depth = depth
        for child in self.children:
            child.set_nesting(depth + 1)
            self.nesting = max(self.nesting, child.nesting + 1)


class Node:
    def __init__(self, block: Any, number: Any) -> None:
        self.parent = self
        self.block = block
        self.number = number
        self.loop = None

    def find_set(self) -> Any:
        passed = []
        node = self
        while node is not node.parent:
            if node.parent is not node.parent.parent:
                passed.append(node)
            node = node.parent
        for one in passed:
            one.parent = self.parent
        return node


class LoopFinder:
    def __init__(self, graph: Any) -> None:
        self.graph = graph
        size = len(graph.blocks)
        self.numbers = [UNVISITED] * size
        self.last = [0] * size
        self.header = [0] * size
        self.kinds = [NORMAL] * size
        self.nodes = [None] * size
        self.back = []
        self.others = []
        self.loops = []
        for _i in range(size):
            self.back.append([])
            self.others.append([])

    def search(self, block: Any, current: Any) -> Any:
        self.nodes[current] = Node(block, current)
        self.numbers[block.name] = current
        last = current
        for target in block.exits:
            if self.numbers[target.name] == UNVISITED:
                last = self.search(target, last + 1)
        self.last[current] = last
        return last

    def is_ancestor(self, first: Any, second: Any) -> Any:
        return first <= second and second <= self.last[first]

    def sort_edges(self, size: Any) -> Any:
        for w in range(size):
            block = self.nodes[w].block
            for source in block.entries:
                v = self.numbers[source.name]
                if v != UNVISITED:
                    if self.is_ancestor(w, v):
                        self.back[w].append(v)
                    else:
                        self.others[w].append(v)

    def find(self) -> Any:
        size = self.search(self.graph.blocks[0], 0) + 1
        self.sort_edges(size)
        for w in range(size - 1, -1, -1):
            pool = []
            self.step_d(w, pool)
            todo = []
            for one in pool:
                todo.append(one)
            if len(pool) > 0:
                self.kinds[w] = REDUCIBLE
            at = 0
            while at < len(todo):
                x = todo[at]
                at += 1
                if len(self.others[x.number]) > MOST_BACK_EDGES:
                    return
                self.step_e(w, pool, todo, x)
            if len(pool) > 0 or self.kinds[w] == SELF_LOOP:
                loop = Loop(self.nodes[w].block, self.kinds[w] != IRREDUCIBLE)
                self.set_attributes(w, pool, loop)
                self.loops.append(loop)

    def step_d(self, w: Any, pool: Any) -> Any:
        for v in self.back[w]:
            if v != w:
                pool.append(self.nodes[v].find_set())
            else:
                self.kinds[w] = SELF_LOOP

    def step_e(self, w: Any, pool: Any, todo: Any, x: Any) -> Any:
        for y in self.others[x.number]:
            found = self.nodes[y].find_set()
            if not self.is_ancestor(w, found.number):
                self.kinds[w] = IRREDUCIBLE
                self.others[w].append(found.number)
            elif found.number != w and place_of(pool, found) < 0:
                todo.append(found)
                pool.append(found)

    def set_attributes(self, w: Any, pool: Any, loop: Any) -> Any:
        self.nodes[w].loop = loop
        for node in pool:
            self.header[node.number] = w
            node.parent = self.nodes[w]
            if node.loop is not None:
                loop.add_child(node.loop)
            else:
                loop.blocks.append(node.block)


def place_of(pool: Any, node: Any) -> Any:
    for i in range(len(pool)):
        if pool[i] is node:
            return i
    return -1


def python() -> float:
    graph = Graph()
    finish = graph.straight(0, 2)
    for _i in range(6):
        top = finish
        graph.straight(top, 1)
        finish = top + 1
        for _j in range(4):
            inner = finish
            for _k in range(3):
                finish = graph.base_loop(finish)
            finish = graph.straight(finish, 1)
            graph.connect(finish, inner)
        graph.connect(finish, top)
        finish = graph.straight(finish, 1)
    finder = LoopFinder(graph)
    finder.find()
    total = 0
    for loop in finder.loops:
        if loop.parent is None:
            loop.set_nesting(1)
            total += loop.nesting * 10
        total += len(loop.blocks)
    return len(finder.loops) * 10000 + total

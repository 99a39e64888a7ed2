"""The CD of "Are We Fast Yet": collisions of aircraft between two frames, by voxels and red-black trees."""

from __future__ import annotations

import math
from typing import Any

GML = """
#macro VOXEL 2
#macro RADIUS 1
#macro LEFT_EDGE 0
#macro RIGHT_EDGE 1000
function Vector2(x, y) constructor {
    self.x = x;
    self.y = y;
    static plus = function(other_one) {
        return new Vector2(x + other_one.x, y + other_one.y);
    };
    static minus = function(other_one) {
        return new Vector2(x - other_one.x, y - other_one.y);
    };
    static compare = function(other_one) {
        if (x < other_one.x) {
            return -1;
        }
        if (x > other_one.x) {
            return 1;
        }
        if (y < other_one.y) {
            return -1;
        }
        return (y > other_one.y) ? 1 : 0;
    };
}
function Vector3(x, y, z) constructor {
    self.x = x;
    self.y = y;
    self.z = z;
    static plus = function(other_one) {
        return new Vector3(x + other_one.x, y + other_one.y, z + other_one.z);
    };
    static minus = function(other_one) {
        return new Vector3(x - other_one.x, y - other_one.y, z - other_one.z);
    };
    static dot = function(other_one) {
        return x * other_one.x + y * other_one.y + z * other_one.z;
    };
    static squared = function() {
        return dot(self);
    };
    static magnitude = function() {
        return sqrt(squared());
    };
    static times = function(amount) {
        return new Vector3(x * amount, y * amount, z * amount);
    };
}
function TreeNode(key, value) constructor {
    self.key = key;
    self.value = value;
    left = undefined;
    right = undefined;
    parent = undefined;
    is_red = true;
}
function RedBlackTree() constructor {
    root = undefined;
    size = 0;
    static get = function(key) {
        var node = root;
        while (node != undefined) {
            var order = key.compare(node.key);
            if (order == 0) {
                return node.value;
            }
            node = (order < 0) ? node.left : node.right;
        }
        return undefined;
    };
    static put = function(key, value) {
        var parent = undefined;
        var node = root;
        var order = 0;
        while (node != undefined) {
            parent = node;
            order = key.compare(node.key);
            if (order == 0) {
                node.value = value;
                exit;
            }
            node = (order < 0) ? node.left : node.right;
        }
        var made = new TreeNode(key, value);
        made.parent = parent;
        size++;
        if (parent == undefined) {
            root = made;
        } else if (order < 0) {
            parent.left = made;
        } else {
            parent.right = made;
        }
        mend(made);
    };
    static mend = function(node) {
        while (node != root && node.parent.is_red) {
            var parent = node.parent;
            var grand = parent.parent;
            if (parent == grand.left) {
                var uncle = grand.right;
                if (uncle != undefined && uncle.is_red) {
                    parent.is_red = false;
                    uncle.is_red = false;
                    grand.is_red = true;
                    node = grand;
                } else {
                    if (node == parent.right) {
                        node = parent;
                        rotate_left(node);
                    }
                    node.parent.is_red = false;
                    node.parent.parent.is_red = true;
                    rotate_right(node.parent.parent);
                }
            } else {
                uncle = grand.left;
                if (uncle != undefined && uncle.is_red) {
                    parent.is_red = false;
                    uncle.is_red = false;
                    grand.is_red = true;
                    node = grand;
                } else {
                    if (node == parent.left) {
                        node = parent;
                        rotate_right(node);
                    }
                    node.parent.is_red = false;
                    node.parent.parent.is_red = true;
                    rotate_left(node.parent.parent);
                }
            }
        }
        root.is_red = false;
    };
    static rotate_left = function(node) {
        var up = node.right;
        node.right = up.left;
        if (up.left != undefined) {
            up.left.parent = node;
        }
        hang(node, up);
        up.left = node;
        node.parent = up;
    };
    static rotate_right = function(node) {
        var up = node.left;
        node.left = up.right;
        if (up.right != undefined) {
            up.right.parent = node;
        }
        hang(node, up);
        up.right = node;
        node.parent = up;
    };
    static hang = function(node, up) {
        up.parent = node.parent;
        if (node.parent == undefined) {
            root = up;
        } else if (node == node.parent.left) {
            node.parent.left = up;
        } else {
            node.parent.right = up;
        }
    };
    static collect = function(node, found) {
        if (node != undefined) {
            collect(node.left, found);
            array_push(found, node.value);
            collect(node.right, found);
        }
    };
}
function Sign(number) constructor {
    self.number = number;
    static compare = function(other_one) {
        if (number == other_one.number) {
            return 0;
        }
        return (number < other_one.number) ? -1 : 1;
    };
}
function Motion(sign, one, two) constructor {
    self.sign = sign;
    self.one = one;
    self.two = two;
    static delta = function() {
        return two.minus(one);
    };
    static meets = function(other_one) {
        var first = one;
        var second = other_one.one;
        var first_way = delta();
        var second_way = other_one.delta();
        var a = second_way.minus(first_way).squared();
        var apart = first.minus(second);
        if (a == 0) {
            return apart.magnitude() <= RADIUS * 2;
        }
        var b = 2 * apart.dot(first_way.minus(second_way));
        var c = apart.squared() - RADIUS * RADIUS * 4;
        var inside = b * b - 4 * a * c;
        if (inside < 0) {
            return false;
        }
        var root = sqrt(inside);
        var enter = (0 - b - root) / (2 * a);
        var leave = (0 - b + root) / (2 * a);
        return enter <= 1 && leave >= 0;
    };
}
function Detector() constructor {
    state = new RedBlackTree();
    static frame = function(signs, places) {
        var motions = [];
        for (var i = 0; i < array_length(signs); i++) {
            var former = state.get(signs[i]);
            state.put(signs[i], places[i]);
            array_push(motions, new Motion(signs[i], (former == undefined) ? places[i] : former, places[i]));
        }
        var collisions = 0;
        var voxels = new RedBlackTree();
        for (var at_motion = 0; at_motion < array_length(motions); at_motion++) {
            var motion = motions[at_motion];
            draw(motion, voxels);
        }
        var lists = [];
        voxels.collect(voxels.root, lists);
        for (var at_found = 0; at_found < array_length(lists); at_found++) {
            var found = lists[at_found];
            for (var i = 0; i < array_length(found); i++) {
                var first = found[i];
                for (var j = i + 1; j < array_length(found); j++) {
                    if (first.meets(found[j])) {
                        collisions++;
                    }
                }
            }
        }
        return collisions;
    };
    static draw = function(motion, voxels) {
        var seen = new RedBlackTree();
        visit(voxel_of(motion.one), motion, voxels, seen);
    };
    static voxel_of = function(place) {
        var x = VOXEL * floor(place.x / VOXEL);
        var y = VOXEL * floor(place.y / VOXEL);
        return new Vector2(x, y);
    };
    static visit = function(voxel, motion, voxels, seen) {
        if (!is_in(voxel, motion) || seen.get(voxel) != undefined) {
            exit;
        }
        seen.put(voxel, true);
        var found = voxels.get(voxel);
        if (found == undefined) {
            found = [];
            voxels.put(voxel, found);
        }
        array_push(found, motion);
        visit(voxel.plus(new Vector2(VOXEL, 0)), motion, voxels, seen);
        visit(voxel.minus(new Vector2(VOXEL, 0)), motion, voxels, seen);
        visit(voxel.plus(new Vector2(0, VOXEL)), motion, voxels, seen);
        visit(voxel.minus(new Vector2(0, VOXEL)), motion, voxels, seen);
    };
    static is_in = function(voxel, motion) {
        if (voxel.x > RIGHT_EDGE || voxel.x < LEFT_EDGE || voxel.y > RIGHT_EDGE || voxel.y < LEFT_EDGE) {
            return false;
        }
        var left = min(motion.one.x, motion.two.x) - RADIUS;
        var right = max(motion.one.x, motion.two.x) + RADIUS;
        var top = min(motion.one.y, motion.two.y) - RADIUS;
        var bottom = max(motion.one.y, motion.two.y) + RADIUS;
        return voxel.x + VOXEL >= left && voxel.x <= right && voxel.y + VOXEL >= top && voxel.y <= bottom;
    };
}
function bench() {
    var detector = new Detector();
    var signs = [];
    for (var i = 0; i < 12; i++) {
        array_push(signs, new Sign(i));
    }
    var total = 0;
    for (var step = 0; step < 3; step++) {
        var places = [];
        for (var i = 0; i < 12; i++) {
            array_push(places, new Vector3(step * 2 + i * 0.5, cos(step) * 2 + i mod 3 * 3, 10));
        }
        total += detector.frame(signs, places);
    }
    return total;
}
"""

VOXEL = 2.0
RADIUS = 1.0
LEFT_EDGE = 0.0
RIGHT_EDGE = 1000.0


class Vector2:
    def __init__(self, x: Any, y: Any) -> None:
        self.x = x
        self.y = y

    def plus(self, other_one: Any) -> Any:
        return Vector2(self.x + other_one.x, self.y + other_one.y)

    def minus(self, other_one: Any) -> Any:
        return Vector2(self.x - other_one.x, self.y - other_one.y)

    def compare(self, other_one: Any) -> Any:
        if self.x < other_one.x:
            return -1
        if self.x > other_one.x:
            return 1
        if self.y < other_one.y:
            return -1
        return 1 if self.y > other_one.y else 0


class Vector3:
    def __init__(self, x: Any, y: Any, z: Any) -> None:
        self.x = x
        self.y = y
        self.z = z

    def plus(self, other_one: Any) -> Any:
        return Vector3(self.x + other_one.x, self.y + other_one.y, self.z + other_one.z)

    def minus(self, other_one: Any) -> Any:
        return Vector3(self.x - other_one.x, self.y - other_one.y, self.z - other_one.z)

    def dot(self, other_one: Any) -> Any:
        return self.x * other_one.x + self.y * other_one.y + self.z * other_one.z

    def squared(self) -> Any:
        return self.dot(self)

    def magnitude(self) -> Any:
        return math.sqrt(self.squared())

    def times(self, amount: Any) -> Any:
        return Vector3(self.x * amount, self.y * amount, self.z * amount)


class TreeNode:
    def __init__(self, key: Any, value: Any) -> None:
        self.key = key
        self.value = value
        self.left = None
        self.right = None
        self.parent = None
        self.is_red = True


class RedBlackTree:
    def __init__(self) -> None:
        self.root = None
        self.size = 0

    def get(self, key: Any) -> Any:
        node = self.root
        while node is not None:
            order = key.compare(node.key)
            if order == 0:
                return node.value
            node = node.left if order < 0 else node.right
        return None

    def put(self, key: Any, value: Any) -> Any:
        parent = None
        node = self.root
        order = 0
        while node is not None:
            parent = node
            order = key.compare(node.key)
            if order == 0:
                node.value = value
                return
            node = node.left if order < 0 else node.right
        made = TreeNode(key, value)
        made.parent = parent
        self.size += 1
        if parent is None:
            self.root = made
        elif order < 0:
            parent.left = made
        else:
            parent.right = made
        self.mend(made)

    def mend(self, node: Any) -> Any:
        while node is not self.root and node.parent.is_red:
            parent = node.parent
            grand = parent.parent
            if parent is grand.left:
                uncle = grand.right
                if uncle is not None and uncle.is_red:
                    parent.is_red = False
                    uncle.is_red = False
                    grand.is_red = True
                    node = grand
                else:
                    if node is parent.right:
                        node = parent
                        self.rotate_left(node)
                    node.parent.is_red = False
                    node.parent.parent.is_red = True
                    self.rotate_right(node.parent.parent)
            else:
                uncle = grand.left
                if uncle is not None and uncle.is_red:
                    parent.is_red = False
                    uncle.is_red = False
                    grand.is_red = True
                    node = grand
                else:
                    if node is parent.left:
                        node = parent
                        self.rotate_right(node)
                    node.parent.is_red = False
                    node.parent.parent.is_red = True
                    self.rotate_left(node.parent.parent)
        self.root.is_red = False

    def rotate_left(self, node: Any) -> Any:
        up = node.right
        node.right = up.left
        if up.left is not None:
            up.left.parent = node
        self.hang(node, up)
        up.left = node
        node.parent = up

    def rotate_right(self, node: Any) -> Any:
        up = node.left
        node.left = up.right
        if up.right is not None:
            up.right.parent = node
        self.hang(node, up)
        up.right = node
        node.parent = up

    def hang(self, node: Any, up: Any) -> Any:
        up.parent = node.parent
        if node.parent is None:
            self.root = up
        elif node is node.parent.left:
            node.parent.left = up
        else:
            node.parent.right = up

    def collect(self, node: Any, found: Any) -> Any:
        if node is not None:
            self.collect(node.left, found)
            found.append(node.value)
            self.collect(node.right, found)


class Sign:
    def __init__(self, number: Any) -> None:
        self.number = number

    def compare(self, other_one: Any) -> Any:
        if self.number == other_one.number:
            return 0
        return -1 if self.number < other_one.number else 1


class Motion:
    def __init__(self, sign: Any, one: Any, two: Any) -> None:
        self.sign = sign
        self.one = one
        self.two = two

    def delta(self) -> Any:
        return self.two.minus(self.one)

    def meets(self, other_one: Any) -> Any:
        first = self.one
        second = other_one.one
        first_way = self.delta()
        second_way = other_one.delta()
        a = second_way.minus(first_way).squared()
        apart = first.minus(second)
        if a == 0:
            return apart.magnitude() <= RADIUS * 2
        b = 2 * apart.dot(first_way.minus(second_way))
        c = apart.squared() - RADIUS * RADIUS * 4
        inside = b * b - 4 * a * c
        if inside < 0:
            return False
        root = math.sqrt(inside)
        enter = (0 - b - root) / (2 * a)
        leave = (0 - b + root) / (2 * a)
        return enter <= 1 and leave >= 0


class Detector:
    def __init__(self) -> None:
        self.state = RedBlackTree()

    def frame(self, signs: Any, places: Any) -> Any:
        motions = []
        for i in range(len(signs)):
            former = self.state.get(signs[i])
            self.state.put(signs[i], places[i])
            motions.append(Motion(signs[i], places[i] if former is None else former, places[i]))
        collisions = 0
        voxels = RedBlackTree()
        for motion in motions:
            self.draw(motion, voxels)
        lists = []
        voxels.collect(voxels.root, lists)
        for found in lists:
            for i in range(len(found)):
                first = found[i]
                for j in range(i + 1, len(found)):
                    if first.meets(found[j]):
                        collisions += 1
        return collisions

    def draw(self, motion: Any, voxels: Any) -> Any:
        seen = RedBlackTree()
        self.visit(self.voxel_of(motion.one), motion, voxels, seen)

    def voxel_of(self, place: Any) -> Any:
        x = VOXEL * math.floor(place.x / VOXEL)
        y = VOXEL * math.floor(place.y / VOXEL)
        return Vector2(x, y)

    def visit(self, voxel: Any, motion: Any, voxels: Any, seen: Any) -> Any:
        if not self.is_in(voxel, motion) or seen.get(voxel) is not None:
            return
        seen.put(voxel, True)
        found = voxels.get(voxel)
        if found is None:
            found = []
            voxels.put(voxel, found)
        found.append(motion)
        self.visit(voxel.plus(Vector2(VOXEL, 0)), motion, voxels, seen)
        self.visit(voxel.minus(Vector2(VOXEL, 0)), motion, voxels, seen)
        self.visit(voxel.plus(Vector2(0, VOXEL)), motion, voxels, seen)
        self.visit(voxel.minus(Vector2(0, VOXEL)), motion, voxels, seen)

    def is_in(self, voxel: Any, motion: Any) -> Any:
        if voxel.x > RIGHT_EDGE or voxel.x < LEFT_EDGE or voxel.y > RIGHT_EDGE or voxel.y < LEFT_EDGE:
            return False
        left = min(motion.one.x, motion.two.x) - RADIUS
        right = max(motion.one.x, motion.two.x) + RADIUS
        top = min(motion.one.y, motion.two.y) - RADIUS
        bottom = max(motion.one.y, motion.two.y) + RADIUS
        return voxel.x + VOXEL >= left and voxel.x <= right and voxel.y + VOXEL >= top and voxel.y <= bottom


def python() -> float:
    detector = Detector()
    signs = []
    for i in range(12):
        signs.append(Sign(i))
    total = 0
    for step in range(3):
        places = []
        for i in range(12):
            places.append(Vector3(step * 2 + i * 0.5, math.cos(step) * 2 + i % 3 * 3, 10))
        total += detector.frame(signs, places)
    return total

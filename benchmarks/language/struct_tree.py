"""Search trees of structs, and a quadtree that is walked with recursion."""

GML = """
function Leaf(_key) constructor {
    key = _key;
    left = undefined;
    right = undefined;
}
function Tree() constructor {
    root = undefined;
    size = 0;
    static insert = function(key) {
        if (root == undefined) {
            root = new Leaf(key);
            size++;
            return;
        }
        var node = root;
        while (true) {
            if (key == node.key) return;
            if (key < node.key) {
                if (node.left == undefined) { node.left = new Leaf(key); size++; return; }
                node = node.left;
            } else {
                if (is_undefined(node.right)) { node.right = new Leaf(key); size++; return; }
                node = node.right;
            }
        }
    }
    static depth = function(node) {
        if (node == undefined) return 0;
        return 1 + max(depth(node.left), depth(node.right));
    }
    static sum = function(node) {
        if (node == undefined) return 0;
        return node.key + sum(node.left) + sum(node.right);
    }
}
function bench() {
    var tree = new Tree();
    for (var i = 0; i < 700; i++) tree.insert((i * 7919) mod 1201);
    return tree.size + tree.depth(tree.root) * 1000 + tree.sum(tree.root);
}
"""


class Leaf:
    def __init__(self, key: int) -> None:
        self.key, self.left, self.right = key, None, None


class Tree:
    def __init__(self) -> None:
        self.root: object = None
        self.size = 0

    def insert(self, key: int) -> None:
        if self.root is None:
            self.root = Leaf(key)
            self.size += 1
            return
        node = self.root
        while True:
            if key == node.key:
                return
            if key < node.key:
                if node.left is None:
                    node.left = Leaf(key)
                    self.size += 1
                    return
                node = node.left
            else:
                if node.right is None:
                    node.right = Leaf(key)
                    self.size += 1
                    return
                node = node.right

    def depth(self, node: object) -> int:
        return 0 if node is None else 1 + max(self.depth(node.left), self.depth(node.right))

    def sum(self, node: object) -> int:
        return 0 if node is None else node.key + self.sum(node.left) + self.sum(node.right)


def python() -> float:
    tree = Tree()
    for i in range(700):
        tree.insert(i * 7919 % 1201)
    return tree.size + tree.depth(tree.root) * 1000 + tree.sum(tree.root)

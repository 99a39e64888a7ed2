"""The towers of Hanoi of "Are We Fast Yet": linked discs in an array of piles."""

GML = """
function Disk(_size) constructor {
    size = _size;
    next = undefined;
}
function Towers() constructor {
    piles = array_create(3, undefined);
    moved = 0;
    static push_disk = function(disk, pile) {
        var top = piles[pile];
        if (top != undefined && disk.size >= top.size) throw "Cannot put a big disk on a smaller one";
        disk.next = top;
        piles[pile] = disk;
    }
    static pop_disk = function(pile) {
        var top = piles[pile];
        if (top == undefined) throw "Attempting to remove a disk from an empty pile";
        piles[pile] = top.next;
        top.next = undefined;
        return top;
    }
    static move_top = function(from, to) {
        push_disk(pop_disk(from), to);
        moved++;
    }
    static build = function(pile, disks) {
        for (var i = disks; i >= 0; i--) push_disk(new Disk(i), pile);
    }
    static move = function(disks, from, to) {
        if (disks == 1) {
            move_top(from, to);
            return;
        }
        var spare = 3 - from - to;
        move(disks - 1, from, spare);
        move_top(from, to);
        move(disks - 1, spare, to);
    }
}
function bench() {
    var one = new Towers();
    one.build(0, 11);
    one.move(11, 0, 1);
    return one.moved;
}
"""


class Disk:
    def __init__(self, size: int) -> None:
        self.size = size
        self.next: object = None


class Towers:
    def __init__(self) -> None:
        self.piles: list = [None] * 3
        self.moved = 0

    def push_disk(self, disk: Disk, pile: int) -> None:
        top = self.piles[pile]
        if top is not None and disk.size >= top.size:
            raise ValueError("Cannot put a big disk on a smaller one")
        disk.next = top
        self.piles[pile] = disk

    def pop_disk(self, pile: int) -> Disk:
        top = self.piles[pile]
        if top is None:
            raise ValueError("Attempting to remove a disk from an empty pile")
        self.piles[pile] = top.next
        top.next = None
        return top

    def move_top(self, source: int, target: int) -> None:
        self.push_disk(self.pop_disk(source), target)
        self.moved += 1

    def build(self, pile: int, disks: int) -> None:
        for i in range(disks, -1, -1):
            self.push_disk(Disk(i), pile)

    def move(self, disks: int, source: int, target: int) -> None:
        if disks == 1:
            self.move_top(source, target)
            return
        spare = 3 - source - target
        self.move(disks - 1, source, spare)
        self.move_top(source, target)
        self.move(disks - 1, spare, target)


def python() -> float:
    one = Towers()
    one.build(0, 11)
    one.move(11, 0, 1)
    return one.moved

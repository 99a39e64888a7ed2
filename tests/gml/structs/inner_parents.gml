// Constructors declared in a function inherit from one declared there, in a method and in an event as well.
function P(v) { show_debug_message(v); }

function make(n) {
    function Inner(a) constructor { kind = "inner"; value = a; static twice = function() { return value * 2; } }
    function Outer(a, b) : Inner(a + 1) constructor { more = b; static both = function() { return twice() + more; } }
    return new Outer(n, 100);
}
var one = make(1), two = make(5);
P([one.kind, one.value, one.both(), two.both(), instanceof(one)]); // expect: [ "inner",2,104,112,"Outer" ]

holder = {
    build : function(n) {
        function Base(a) constructor { kept = a; }
        function Derived(a) : Base(a) constructor { own = kept + 1; }
        return new Derived(n).own;
    }
};
P([holder.build(1), holder.build(2)]); // expect: [ 2,3 ]

function Passed(a, b = a * 2) constructor { sum = a + b; }
function Through(first, second) : Passed(first, second) constructor { seen = first; }
function Half(first) : Passed(first) constructor {}
P([new Through(1, 2).sum, new Through(1, 2).seen, new Half(4).sum, new Through(3).sum]); // expect: [ 3,1,12,9 ]

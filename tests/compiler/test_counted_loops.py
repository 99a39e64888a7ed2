"""Which `for` loops become a `range`, and what they leave in their counter."""

from __future__ import annotations

import pytest

from tests.compiler.both_forms import printed
from tests.compiler.lowered import python_of

COUNTED = [
    "for (var i = 0; i < n; i++) { x += i; }",
    "for (var i = 0; i <= n; i += 1) { x += i; }",
    "for (var i = 9; i >= 0; i--) { x += i; }",
    "for (var i = 9; i > 0; i -= 2) { x += i; }",
    "for (var i = 0; i < n * 2 - 1; i++) { x += i; }",
    "for (var i = 0; i < array_length(a); i++) { x += a[i]; }",
    "for (var i = 0; i < n; i++) { if (i == 3) break; if (i == 1) continue; x += i; }",
]
NOT_COUNTED = {
    "stores to the counter": "for (var i = 0; i < n; i++) { i += 1; }",
    "stores to the bound": "for (var i = 0; i < n; i++) { n -= 1; }",
    "stores to a part of the bound": "for (var i = 0; i < n + 1; i++) { n -= 1; }",
    "makes the array longer": "for (var i = 0; i < array_length(a); i++) { if (i < 3) array_push(a, 1); }",
    "stores behind the array's end": "for (var i = 0; i < array_length(a); i++) { if (i < 3) a[i + 1] = 1; }",
    "calls what may change the array": "for (var i = 0; i < array_length(a); i++) { if (i < 3) grow(a); }",
    "looks at a variable that others may set": "for (var i = 0; i < x; i++) { if (i < 3) y += 1; else break; }",
    "counts away from its end": "for (var i = 0; i <= n; i -= 1) { if (i < -3) break; }",
    "counts a step of zero": "for (var i = 0; i < n; i += 0) { break; }",
    "counts by a fraction": "for (var i = 0; i < n; i += 0.5) { x += i; }",
    "turns too seldom": "for (var i = -1; i <= 1; i++) { x += i; }",
}
HEAD = "x = 0; y = 0; var n = 6, a = [1, 2, 3, 4]; "


@pytest.mark.parametrize("loop", COUNTED)
def test_a_loop_that_only_counts_is_a_range(loop: str) -> None:
    assert " in gml_range(" in python_of(HEAD + loop)


@pytest.mark.parametrize("why", NOT_COUNTED)
def test_a_loop_is_no_range_when_it(why: str) -> None:
    assert " in gml_range(" not in python_of(HEAD + NOT_COUNTED[why])


@pytest.mark.parametrize("loop", [*COUNTED, *NOT_COUNTED.values()])
def test_both_forms_turn_as_often_and_leave_the_same_counter(loop: str) -> None:
    grow = "function grow(a) { array_push(a, 0); } "
    code = f"{grow}{HEAD}{loop} [i, x, y, n, array_length(a)];"
    assert printed(code, optimise=True) == printed(code, optimise=False)

"""The inline forms of builtins and accessors, one table each: what emitted code does in place of a call, and when."""

from __future__ import annotations

from gmlrun.compiler.kinds import (
    ANY,
    ARRAY,
    BOOL,
    BUFFER,
    GRID,
    INT,
    INT64,
    INTEGERS,
    LIST,
    MAP,
    NAT,
    NUMBERS,
    PRIORITY,
    QUEUE,
    REAL,
    STACK,
    STR,
    STRUCT,
)
from gmlrun.lean import NamedTuple

INT64_KINDS = frozenset((INT64, *INTEGERS))


class Form(NamedTuple):
    """An inline form.

    `parameters` has a letter of LETTERS for each argument; a call with another number of them has no inline form.
    `text` is Python in which a0, a1, … are the arguments and t0, t1, … are temporaries. It is right where each
    argument is what its letter says and the condition `when` holds. `kind` is the kind of its value.
    """

    parameters: str
    text: str
    kind: str
    when: str = ""
    stored: str = ""
    """The value that is stored, where it is not the last argument alone."""


class Letter(NamedTuple):
    """A requirement on an argument: the kinds that meet it, and a test for values of any kind."""

    kinds: frozenset[str]
    test: str
    also: str = ""
    """A test that values of those kinds need as well."""


STRUCTURES = {
    "m": ("gml_map", MAP),
    "l": ("gml_ds_list", LIST),
    "g": ("gml_grid", GRID),
    "q": ("gml_queue", QUEUE),
    "k": ("gml_stack", STACK),
    "p": ("gml_priority", PRIORITY),
    "b": ("gml_buffer", BUFFER),
}
MAKERS = {**{f"ds_{kind}_create": kind for _, kind in STRUCTURES.values()}, "buffer_create": BUFFER}
"""The builtins that make data structures and buffers, with the kinds of what they return."""

IS_REAL = "gml_type({0}) is gml_real"
NO_NEGATIVE = "0.0 <= {0} < 1e9"
"""A real that may be an index: neither negative nor longer than any array, and no NaN."""

LETTERS: dict[str, Letter] = {
    "v": Letter(frozenset(), ""),  # any value
    "s": Letter(frozenset((STR,)), "gml_type({0}) is gml_str"),
    "r": Letter(NUMBERS, IS_REAL),
    "i": Letter(INTEGERS, "gml_type({0}) is gml_real and -1e9 < {0} < 1e9"),
    "w": Letter(INT64_KINDS, ""),  # a Python int of 64 bits
    "n": Letter(frozenset((INT64,)), "gml_type({0}) is gml_int64"),
    "d": Letter(frozenset(), "-9e18 < {0} < 9e18"),  # a float, which a bitwise operator makes an int
    "a": Letter(frozenset((ARRAY,)), "gml_type({0}) is gml_list"),
    "y": Letter(frozenset((STR,)), "(gml_type({0}) is gml_str or gml_type({0}) is gml_real and {0} == {0})"),
    "t": Letter(frozenset((STRUCT,)), "gml_type(gml_type({0})) is gml_class"),
    **{
        letter: Letter(frozenset((kind,)), f"gml_type({{0}}) is {name} and {{0}}.live", "{0}.live")
        for letter, (name, kind) in STRUCTURES.items()
    },
    # a structure that may be destroyed: then it is empty, and the condition of the form fails
    **{
        letter.upper(): Letter(frozenset((kind,)), f"gml_type({{0}}) is {name}")
        for letter, (name, kind) in STRUCTURES.items()
    },
    # an index of which the condition says that it is inside: a number there, a whole one in the text
    "j": Letter(NUMBERS, IS_REAL + " and " + NO_NEGATIVE),
}

FINITE = "-1e300 < a0 < 1e300"
UNMARKED_ITEM = "0 <= a1 < gml_len(a0.items) and not a0.marks"
KNOWN_KEY = "not a0.marks and a1 in a0.data"
INSIDE_GRID = "0 <= a1 < a0.width and 0 <= a2 < a0.height"

WRAPPED = "t0 if -0x8000000000000000 <= (t0 := {0}) < 0x8000000000000000 else gml_wrap_int64(t0)"
IS_SHIFT = "0 <= a1 < 64"

BITWISE = {
    "&": ("a0 & a1", ""),
    "|": ("a0 | a1", ""),
    "^": ("a0 ^ a1", ""),
    "<<": (WRAPPED.format("a0 << a1"), IS_SHIFT),
    ">>": ("a0 >> a1", IS_SHIFT),
}
"""The text and the condition of each bitwise operator, for Python ints of 64 bits."""

MODULO = Form("rr", "a0 % a1", REAL, "a0 > 0.0 < a1")
INT64_MODULO = Form("ww", "a0 % a1", INT64, "a0 >= 0 < a1")
INT64_DIVISION = Form("ww", "a0 // a1", INT64, "a0 >= 0 < a1")
DIVISION_BY_LITERAL = Form("rr", "a0 // a1 + 0.0", REAL, "0.0 <= a0 < 1e15")
DIVISION = Form("rr", "a0 // a1 + 0.0", REAL, "0.0 <= a0 < 1e15 and 1.0 <= a1 < 1e15 and a1 % 1.0 == 0.0")
QUOTIENT = Form("rr", "a0 / a1", REAL, "a1")

STRUCT_GET = Form("ts", "gml_getattr(a0, gml_attributes[a1], None)", ANY)
STRUCT_SET = Form("tsv", "gml_setattr(a0, gml_attributes[a1], a2)", ANY)
STRUCT_EXISTS = Form("ts", "gml_hasattr(a0, gml_attributes[a1])", BOOL)

WRITE = "t0 if (t0 := gml_writers[a1](a0, a2)) is not None else buffer_write(a0, a1, a2)"

FORMS: dict[str, Form] = {
    # strings
    "string_length": Form("s", "gml_len(a0)", NAT),
    "ord": Form("s", "gml_ord(a0[0]) if a0 else 0", NAT),
    "chr": Form("i", "gml_chr(a0)", STR, "0 <= a0 < 55296"),
    "string_char_at": Form("si", "a0[a1 - 1:a1]", STR, "a1 > 0"),
    "string_ord_at": Form("si", "gml_ord(a0[a1 - 1])", INT, "0 < a1 <= gml_len(a0)"),
    "string_copy": Form("sii", "a0[a1 - 1:a1 - 1 + a2]", STR, "a1 > 0 and a2 >= 0"),
    "string_pos": Form("ss", "a1.find(a0) + 1 if a0 else 0", NAT),
    "string_pos_ext": Form("ssi", "a1.find(a0, a2 - 1) + 1 if a0 else 0", NAT, "a2 > 0"),
    "string_last_pos": Form("ss", "a1.rfind(a0) + 1", NAT, "0 < gml_len(a0) < 100"),
    "string_count": Form("ss", "a1.count(a0)", NAT, "gml_len(a0) == 1"),
    "string_starts_with": Form("ss", "a0.startswith(a1)", BOOL),
    "string_ends_with": Form("ss", "a0.endswith(a1)", BOOL),
    "string_delete": Form("sii", "a0[:a1 - 1] + a0[a1 - 1 + a2:]", STR, "a1 > 0 and a2 > 0"),
    "string_insert": Form("ssi", "a1[:a2 - 1] + a0 + a1[a2 - 1:]", STR, "a2 > 0"),
    "string_replace": Form("sss", "a0.replace(a1, a2, 1)", STR, "a1"),
    "string_split": Form("ss", "a0.split(a1)", ARRAY, "a1 and gml_len(a0) < 100000"),
    "string_lower": Form("s", "a0.lower()", STR, "gml_len(a0) < 100000"),
    "string_upper": Form("s", "a0.upper()", STR, "gml_len(a0) < 100000"),
    "string_replace_all": Form("sss", "a0.replace(a1, a2)", STR, "a1 and gml_len(a0) * gml_len(a2) < 1000000"),
    "real": Form("r", "a0", REAL),
    "int64": Form("i", "a0", INT64),
    "string_repeat": Form("si", "a0 * a1", STR, "0 <= a1 < 1000 and gml_len(a0) < 1000"),
    # numbers
    "abs": Form("r", "gml_abs(a0)", REAL),
    "floor": Form("r", "a0 // 1.0 + 0.0", REAL, FINITE),
    "ceil": Form("r", "-(-a0 // 1.0) + 0.0", REAL, FINITE),
    "round": Form("r", "gml_float(gml_round(a0))", REAL, FINITE),
    "sign": Form("r", "1.0 if a0 > 0.0 else -1.0 if a0 < 0.0 else 0.0", REAL, "a0 == a0"),
    "max": Form("rr", "a1 if a1 > a0 else a0", REAL, "a0 == a0"),
    "min": Form("rr", "a1 if a1 < a0 else a0", REAL, "a0 == a0"),
    "clamp": Form("rrr", "a2 if (t0 := a1 if a0 < a1 else a0) > a2 else t0", REAL),
    "lerp": Form("rrr", "a0 + (a1 - a0) * a2", REAL),
    "sqr": Form("r", "a0 * a0", REAL),
    "power": Form("rr", "a0**a1", REAL, "0.0 < a0 < 1e9 and -30.0 < a1 < 30.0"),
    "sqrt": Form("r", "gml_sqrt(a0)", REAL, "a0 >= 0.0"),
    "sin": Form("r", "gml_sin(a0)", REAL, FINITE),
    "cos": Form("r", "gml_cos(a0)", REAL, FINITE),
    "dsin": Form("r", "gml_sin(gml_radians(a0))", REAL, FINITE),
    "dcos": Form("r", "gml_cos(gml_radians(a0))", REAL, FINITE),
    "degtorad": Form("r", "gml_radians(a0)", REAL),
    "radtodeg": Form("r", "gml_degrees(a0)", REAL),
    "arctan2": Form("rr", "gml_atan2(a0, a1)", REAL),
    "point_distance": Form("rrrr", "gml_hypot(a2 - a0, a3 - a1)", REAL),
    # random numbers
    "random": Form("r", "gml_unit() * a0", REAL),
    "random_range": Form("rr", "a0 + (a1 - a0) * gml_unit()", REAL, "a0 < a1"),
    "irandom": Form("i", "gml_float(gml_below(a0 + 1))", REAL, "a0 >= 0"),
    "irandom_range": Form("ii", "gml_float(a0 + gml_below(a1 - a0 + 1))", REAL, "a0 <= a1"),
    # variables by name
    "variable_struct_get": STRUCT_GET,
    "variable_struct_set": STRUCT_SET,
    "variable_struct_exists": STRUCT_EXISTS,
    "struct_get": STRUCT_GET,
    "struct_set": STRUCT_SET,
    "struct_exists": STRUCT_EXISTS,
    "variable_instance_get": STRUCT_GET,
    "variable_instance_set": STRUCT_SET,
    # types
    "is_undefined": Form("v", "a0 is None", BOOL),
    "is_string": Form("v", "gml_type(a0) is gml_str", BOOL),
    "is_array": Form("v", "gml_type(a0) is gml_list", BOOL),
    "is_bool": Form("v", "gml_type(a0) is gml_bool", BOOL),
    "is_int64": Form("v", "gml_type(a0) is gml_int64", BOOL),
    "is_real": Form("v", "gml_type(a0) is gml_real or is_real(a0)", BOOL),
    "is_numeric": Form("v", "gml_type(a0) is gml_real or is_numeric(a0)", BOOL),
    "is_struct": Form("v", "gml_type(gml_type(a0)) is gml_class and not a0.__is_instance__ or is_struct(a0)", BOOL),
    # arrays
    "array_length": Form("a", "gml_len(a0)", NAT),
    "array_push": Form("av", "a0.append(a1)", ANY),
    "array_create": Form("iv", "[a1] * a0", ARRAY, "0 <= a0 < 1000000"),
    "array_pop": Form("a", "a0.pop()", ANY, "a0"),
    "array_delete": Form("ajr", "(a0.pop(a1), None)[1]", ANY, "a2 == 1.0 and 0 <= a1 < gml_len(a0)"),
    "array_insert": Form("aiv", "a0.insert(a1, a2)", ANY, "0 <= a1 <= gml_len(a0)"),
    "array_get": Form("aj", "a0[a1]", ANY, "0 <= a1 < gml_len(a0)"),
    "array_first": Form("a", "a0[0] if a0 else None", ANY),
    "array_last": Form("a", "a0[-1] if a0 else None", ANY),
    # data structures
    "ds_list_size": Form("l", "gml_len(a0.items)", NAT),
    "ds_list_empty": Form("l", "not a0.items", BOOL),
    "ds_list_add": Form("lv", "a0.items.append(a1)", ANY),
    "ds_list_find_value": Form("Lj", "a0.items[a1]", ANY, "0 <= a1 < gml_len(a0.items)"),
    "ds_list_delete": Form("Lj", "(a0.items.pop(a1), None)[1]", ANY, UNMARKED_ITEM),
    "ds_list_set": Form("Ljv", "a0.items.__setitem__(a1, a2)", ANY, UNMARKED_ITEM),
    "ds_list_replace": Form("Ljv", "a0.items.__setitem__(a1, a2)", ANY, UNMARKED_ITEM),
    "ds_list_insert": Form("liv", "a0.items.insert(a1, a2)", ANY, "0 <= a1 <= gml_len(a0.items) and not a0.marks"),
    "ds_map_add": Form("myv", "a1 not in a0.data and (a0.set(a1, a2) or True)", BOOL),
    "ds_map_delete": Form("my", "a0.data.pop(a1, None) and None", ANY, "not a0.marks"),
    "ds_map_size": Form("m", "gml_len(a0.data)", NAT),
    "ds_map_empty": Form("m", "not a0.data", BOOL),
    "ds_map_exists": Form("my", "a1 in a0.data", BOOL),
    "ds_map_find_value": Form("My", "t0[1]", ANY, "(t0 := a0.data.get(a1)) is not None"),
    "ds_map_set": Form("myv", "a0.set(a1, a2)", ANY),
    "ds_grid_get": Form("Gjj", "a0.columns[a1][a2]", ANY, INSIDE_GRID),
    "ds_grid_set": Form("Gjjv", "a0.columns[a1].__setitem__(a2, a3)", ANY, INSIDE_GRID),
    "ds_grid_width": Form("g", "a0.width", NAT),
    "ds_grid_height": Form("g", "a0.height", NAT),
    "ds_queue_size": Form("q", "gml_len(a0.items)", NAT),
    "ds_queue_empty": Form("q", "not a0.items", BOOL),
    "ds_queue_enqueue": Form("qv", "a0.items.append(a1)", ANY),
    "ds_queue_dequeue": Form("Q", "a0.items.popleft()", ANY, "a0.items"),
    "ds_queue_head": Form("Q", "a0.items[0]", ANY, "a0.items"),
    "ds_stack_size": Form("k", "gml_len(a0.items)", NAT),
    "ds_stack_empty": Form("k", "not a0.items", BOOL),
    "ds_stack_push": Form("kv", "a0.items.append(a1)", ANY),
    "ds_stack_pop": Form("K", "a0.items.pop()", ANY, "a0.items"),
    "ds_stack_top": Form("K", "a0.items[-1]", ANY, "a0.items"),
    "ds_priority_size": Form("p", "a0.count", NAT),
    "ds_priority_add": Form("pvr", "a0.add(a1, a2)", ANY),
    "ds_priority_delete_min": Form("p", "a0.take(True)", ANY),
    "ds_priority_delete_max": Form("p", "a0.take(False)", ANY),
    "ds_priority_empty": Form("p", "not a0.count", BOOL),
    # buffers
    "buffer_tell": Form("b", "a0.position", NAT),
    "buffer_get_size": Form("b", "gml_len(a0.data)", NAT),
    "buffer_seek": Form("bii", "a0.seek(a1, a2)", NAT),
    "buffer_read": Form("bi", "gml_readers[a1](a0)", ANY, "1 <= a1 <= 12"),
    "buffer_write": Form("biv", WRITE, ANY, "1 <= a1 <= 12"),
    "buffer_peek": Form("bii", "a0.peek(a1, a2)", ANY),
}

ACCESSOR_FORMS: dict[str, Form] = {
    "gml_list_get": FORMS["ds_list_find_value"],
    "gml_map_get": FORMS["ds_map_find_value"],
    "gml_grid_get": FORMS["ds_grid_get"],
    "gml_struct_get": STRUCT_GET,
}
"""The inline forms of what `l[| i]`, `m[? k]`, `g[# x, y]` and `s[$ k]` call."""

STORE_FORMS: dict[str, Form] = {
    "gml_list_set": Form("Ljv", "a0.items[a1]", ANY, UNMARKED_ITEM),
    "gml_map_set": Form("Myv", "a0.data[a1]", ANY, KNOWN_KEY, "(a1, a2)"),
    "gml_grid_set": Form("Gjjv", "a0.columns[a1][a2]", ANY, INSIDE_GRID),
    "gml_struct_set": STRUCT_SET,
}
"""The same for stores: the text is the target of the last argument, or a call with it."""

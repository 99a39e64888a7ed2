# ruff: noqa: E501 (programs in one line each)
"""No way out of GML to Python, tried as an attacker would: each attempt gives a GML value or a GML error."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from gmlrun import (
    Array,
    Buffer,
    Function,
    Game,
    GmlError,
    Host,
    Int64,
    Limits,
    Permissions,
    Reference,
    SourceErrors,
    Struct,
    plain,
    undefined,
)

DUNDERS = (
    *("__class__", "__dict__", "__init__", "__globals__", "__builtins__", "__import__", "__subclasses__", "__mro__"),
    *("__code__", "__closure__", "__func__", "__self__", "__module__", "__getattribute__", "__reduce__", "__call__"),
    *("__object__", "__alarm__", "__id__", "__dead__", "__away__", "__fresh__", "__gml_name__", "__traceback__"),
)
HELPERS = (
    *("gml_global", "gml_new", "gml_struct", "gml_type", "gml_class", "gml_errors", "gml_caught", "gml_linked"),
    *("gml_Script_attack", "gml_get_x", "gml_value_sin", "gml_is_ended", "gml_list", "gml_method", "gml_dot", "rt"),
    *("eval", "exec", "open", "getattr", "type", "object", "globals", "vars", "print", "compile", "input", "None"),
)
READS = {
    "a member of a struct": "var s = {{}}; return s.{name};",
    "a member of the instance": "return self.{name};",
    "a member of global": "return global.{name};",
    "a member of an array": "var a = [1]; return a.{name};",
    "a member of a string": 'var a = "x"; return a.{name};',
    "a member of a real": "var a = 1.5; return a.{name};",
    "a member of undefined": "var a = undefined; return a.{name};",
    "a member of a function": "var f = function() {{}}; return f.{name};",
    "a member of a method": "var f = method({{}}, function() {{}}); return f.{name};",
    "a member of a builtin": "var f = sin; return f.{name};",
    "a member of a list": "var l = ds_list_create(); return l.{name};",
    "a member of a buffer": "var b = buffer_create(1, buffer_fixed, 1); return b.{name};",
    "a member of a caught error": "try {{ var u; u += 1; }} catch (e) {{ return e.{name}; }}",
    "a member of a thrown value": "try {{ throw {{}}; }} catch (e) {{ return e.{name}; }}",
    "a member of statics": "return static_get(Thing).{name};",
    "a member of a constructor": "return Thing.{name};",
    "a member of an object": "return program_object().{name};",
    "a member of a value of the host": "return host_value().{name};",
    "a member of a function of the host": "var f = host_value; return f.{name};",
    "a name of the host's own": "return host_object.{name};",
    "a variable": "return {name};",
    "struct_get": 'return struct_get({{}}, "{name}");',
    "struct_get of an instance": 'return struct_get(self, "{name}");',
    "struct_get of global": 'return struct_get(global, "{name}");',
    "struct_get of statics": 'return struct_get(static_get(Thing), "{name}");',
    "an accessor": 'var s = {{}}; return s[$ "{name}"];',
    "a hash": 'return struct_get_from_hash({{}}, variable_get_hash("{name}"));',
    "variable_instance_get": 'return variable_instance_get(id, "{name}");',
    "variable_global_get": 'return variable_global_get("{name}");',
    "variable_clone": 'return variable_clone(new Thing())[$ "{name}"];',
    "an asset": 'return asset_get_index("{name}");',
    "script_execute": 'return script_execute(asset_get_index("{name}"));',
    "JSON": 'return json_parse("{{\\"{name}\\": 1}}").{name};',
    "an ini key": 'ini_open_from_string("[{name}]\\n{name}=1"); return ini_read_string("{name}", "{name}", "");',
    "a map": 'var m = json_decode("{{\\"{name}\\": 1}}"); return m[? "{name}"];',
    "a method on a name": "return method({{ {name}: 1 }}, function() {{ return {name}; }})();",
    "with": "with ({{ {name}: 2 }}) {{ return {name}; }}",
    "new": "return new {name}();",
    "a call": "return {name}();",
    "a call of a member": "var s = {{}}; return s.{name}();",
    "an enum": "return Thing.{name}.{name};",
    "the names": "return variable_instance_get_names(self);",
}
WRITES = {
    "a struct": "var s = {{}}; s.{name} = 1; return s.{name};",
    "an instance": "self.{name} = [1]; return self.{name};",
    "global": "global.{name} = {{}}; return global.{name};",
    "statics": "static_get(Thing).{name} = 1; return new Thing();",
    "struct_set": 'var s = {{}}; struct_set(s, "{name}", 1); return [s, string(s), json_stringify(s)];',
    "instance by name": 'variable_instance_set(id, "{name}", 1); return string(self);',
    "global by name": 'variable_global_set("{name}", 1); return 1;',
    "statics by name": 'struct_set(static_get(Thing), "{name}", 1); return string(new Thing());',
    "a value of the host": "var v = host_value(); v.{name} = 1; return v;",
    "JSON": 'return new_from(json_parse("{{\\"{name}\\": {{\\"{name}\\": []}}}}"));',
    "removed": 'var s = {{}}; struct_remove(s, "{name}"); struct_remove(self, "{name}"); return s;',
    "local": "var {name} = 1; return {name};",
    "a parameter": "return (function({name}) {{ return {name}; }})(1);",
    "a static": "function St() {{ static {name} = 1; return {name}; }} return St();",
    "a literal": "return {{ {name}: 1 }};",
}
HEAD = """
function Thing() constructor { static s = 1; x = 2; static f = function() { return s; }; }
function new_from(value) { return [value, string(value), json_stringify(value), variable_clone(value)]; }
function program_object() { return asset_get_index("program"); }
"""
LIMITS = Limits(event_time=2.0, memory=128 << 20, handles=1000, instances=1000, output=100_000)
PLAIN = (float, bool, str, Int64, type(undefined))
SECRET = "the host's secret"


class Private:
    """An object of the host with something to hide."""

    secret = SECRET

    def __repr__(self) -> str:
        return f"Private({self.secret})"


def host() -> Host:
    made = Host()
    kept = {"name": "Ada", "list": [1, 2], "call": lambda *args: len(args)}
    private = Private()

    @made.function
    def host_value() -> dict:  # type: ignore[type-arg]
        return kept

    @made.function
    def host_object() -> Any:
        return private

    @made.function
    def host_echo(value: Any) -> Any:
        return value

    @made.function
    def host_fails() -> None:
        raise RuntimeError("inside")

    return made


def game_of(text: str) -> Game:
    kept = {"on_output": lambda line: None, "on_log": lambda line: None}
    return Game(HEAD + text, host=host(), permissions=Permissions.sandbox(), limits=LIMITS, **kept)  # type: ignore[arg-type]


def check(value: Any, depth: int = 0) -> None:
    """Whatever comes out is a value of GML's; all of it can be looked at, and shows nothing of Python."""
    assert isinstance(value, (*PLAIN, Struct, Array, Buffer, Function, Reference)), repr(value)
    text = repr(value)
    assert not re.search(
        r"0x[0-9a-f]{6}|<function|<class|<built-in|<bound|<module|object at|site-packages|\.py\b", text
    )
    assert SECRET not in text
    if depth > 3:
        return
    if isinstance(value, Struct):
        for one in list(dict(value).values())[:20]:
            check(one, depth + 1)
    if isinstance(value, Array):
        for one in list(value)[:20]:
            check(one, depth + 1)


def attempt(body: str) -> None:
    """Runs an attempt in a game of its own."""
    game = game_of(f"function attack() {{ {body} }}")
    try:
        with game:
            for _ in range(2):
                try:
                    check(game.call("attack"))
                except GmlError as error:
                    check_error(error)
            check(game.globals)
            for instance in game.instances():
                check(instance)
            assert game.eval("1 + 1") == 2
            assert game.eval("string(new Thing().f())") == "1"
    except SourceErrors:
        return
    except GmlError as error:
        check_error(error)


def check_error(error: GmlError) -> None:
    """An error of GML tells nothing of Python, and is no fault of gmlrun."""
    assert "internal fault" not in error.message, error.message
    assert SECRET not in error.message
    assert not re.search(r"0x[0-9a-f]{6}|<function|<class|<module|object at|Traceback", error.message), error.message


@pytest.mark.parametrize("way", READS)
def test_no_read_leads_out(way: str) -> None:
    for name in (*DUNDERS, *HELPERS):
        attempt(READS[way].format(name=name))


@pytest.mark.parametrize("way", WRITES)
def test_no_write_leads_out(way: str) -> None:
    for name in (*DUNDERS, *HELPERS):
        attempt(WRITES[way].format(name=name))


CHANGES = {
    "an array that shrinks while it is mapped": "var a = [1, 2, 3]; return array_map(a, function(v) { array_resize(a_(), 0); return v; });",
    "an array that grows while it is walked": "global.a = [1]; array_foreach(global.a, function(v) { array_push(global.a, v); }); return global.a;",
    "an array that is sorted while it is sorted":
        "global.a = [3, 2, 1]; array_sort(global.a, function(a, b) { array_sort(global.a, true); array_resize(global.a, 1); return a - b; }); return global.a;",
    "a struct that loses members while it is walked":
        "global.s = { a: 1, b: 2 }; struct_foreach(global.s, function(n, v) { struct_remove(global.s, \"b\"); global.s[$ n + \"x\"] = v; }); return global.s;",
    "a map that changes while it is written": "var m = ds_map_create(); m[? \"a\"] = { toString: function() { ds_map_clear(m); return \"x\"; } }; return json_encode(m);",
    "a list that is destroyed while it is written":
        "global.l = ds_list_create(); ds_list_add(global.l, { toJSON: 1, toString: function() { ds_list_destroy(global.l); return \"\"; } }); return ds_list_write(global.l);",
    "a buffer that is deleted while it is filled":
        "global.b = buffer_create(8, buffer_grow, 1); buffer_write(global.b, buffer_string, { toString: function() { buffer_delete(global.b); return \"x\"; } }); return global.b;",
    "an instance that is destroyed in its own event": "instance_destroy(self); return [x, string(self), id];",
    "an instance that is destroyed in its with": "with (all) { instance_destroy(); } return instance_number(all);",
    "a grid that is resized while it is sorted": "var g = ds_grid_create(3, 3); ds_grid_resize(g, 0, 0); ds_grid_sort(g, 0, true); return ds_grid_get(g, 0, 0);",
    "a value that throws itself": "function E() constructor { toString = function() { throw self; }; } try { throw new E(); } catch (e) { return string(e); }",
    "an error whose text fails": "throw { toString: function() { throw 1; } };",
    "an error whose message fails": "throw { message: { toString: function() { throw 1; } } };",
    "an error in a finally": "try { throw 1; } finally { throw { message: self }; }",
    "a constructor that is its own parent": "function P() : P() constructor {} return new P();",
    "statics of statics": "static_set(static_get(Thing), static_get(Thing)); return new Thing();",
    "a cycle of statics": "var a = {}, b = {}; static_set(a, b); static_set(b, a); return a.missing;",
    "a struct in itself": "var s = {}; s.s = s; s.a = [s]; return [s, string(s), variable_clone(s)];",
    "JSON of a struct in itself": "var s = {}; s.s = s; return json_stringify(s);",
    "a method of a method": "var m = method({}, method({}, function() { return self; })); return method(m, m)();",
    "a method of a number": "return method(3, function() { return self; })();",
    "a method of a builtin": "return method({}, sin)(1);",
    "a builtin called with itself": "return script_execute(script_execute, script_execute);",
    "a builtin for each": "return array_map([array_map, sin, string, method, new_from], string);",
    "a callback of the wrong kind": "return array_map([1], \"__import__\");",
    "script_execute of a number": "return script_execute(100000);",
    "script_execute of every number": "for (var i = -5; i < 100; i++) { try { script_execute(i, \"x\"); } catch (e) { } } return 1;",
    "handles by number": "for (var i = -5; i < 300; i++) { try { string(ds_map_find_value(i, \"a\")); } catch (e) { } } return 1;",
    "references as text": "return [string(ds_list_create()), string(self.id), ptr(ds_list_create()), handle_parse(\"ref ds_list 0\")];",
    "handle_parse of anything": "return [handle_parse(\"ref instance 100000\"), handle_parse(\"ref __class__ 0\"), handle_parse(\"x\")];",
    "asset names": "return [asset_get_index(\"rt\"), script_get_name(attack), asset_get_type(\"__class__\")];",
    "tags of odd names": "asset_add_tags(\"__class__\", \"__init__\"); return asset_get_tags(\"__class__\");",
    "the call stack": "return debug_get_callstack();",
    "the stack of an error": "try { var u; u += 1; } catch (e) { return [e.stacktrace, e.script, e.longMessage, e.line]; }",
    "an exception of the host": "try { host_fails(); } catch (e) { return [e, e.message, e.stacktrace, string(e)]; }",
    "an exception of the host, uncaught": "host_fails();",
    "an object of the host": "return host_object();",
    "a function of the host, called again": "return host_echo(host_echo)(host_echo);",
    "a value of the host, changed": "var v = host_value(); v.list[@ 0] = v; array_push(v.list, host_echo); return [v, v.call(1, 2, v)];",
    "a struct that the host echoes": "return host_echo(json_parse(\"{\\\"__class__\\\": {\\\"__init__\\\": 1}}\"));",
    "a format with Python's own syntax": "return string(\"{0.__class__}{0!r:>{1}}{x}{}\", 1, 2);",
    "percent signs": "return string_format(1.5, 2, 3) + \"%s%n%(x)s\" + string(\"%s\", 1);",
    "a regular expression in a delimiter": "return [string_split(\"a.b\", \".\"), string_split_ext(\"a(b\", [\"(\", \"[\"]), string_trim(\"(a(\", [\"(\"])];",
    "code in a string": "return real(\"__import__('os')\");",
    "numbers of Python's": "try { return [real(\"1_000\"), real(\"0b1\"), real(\"nan\"), real(\"inf\")]; } catch (e) { return e.message; }",
    "a huge number in a text": "return real(string_repeat(\"9\", 100000));",
    "pickles": "var b = buffer_create(1, buffer_grow, 1); buffer_write(b, buffer_string, \"cos\\nsystem\\n(S'x'\\ntR.\"); return ds_map_secure_load_buffer(b);",
    "a written list": "var l = ds_list_create(); try { ds_list_read(l, \"cos\\nsystem\\n\"); } catch (e) { } return ds_list_size(l);",
    "a written map of another kind": "var m = ds_map_create(); try { ds_map_read(m, \"0100\"); } catch (e) { } return ds_map_size(m);",
    "a template": "return $\"{self}{global}{Thing}{sin}{host_value}\";",
    "assigning to a builtin": "try { variable_global_set(\"sin\", 1); } catch (e) { } return sin(0);",
    "an event from outside": "event_perform(ev_other, ev_user0); event_user(99); return event_type;",
    "an alarm that is odd": "alarm[0] = infinity; alarm[1] = NaN; alarm[11] = -1e300; return alarm[0];",
    "built-in variables that are odd": "try { id = 5; } catch (e) { } try { object_index = 0; } catch (e) { } x = {}; return [x, y];",
    "time sources that call themselves": "var t = time_source_create(time_source_game, 1, time_source_units_frames, function() { time_source_destroy(t_()); }); time_source_start(t); return t;",
    "many arguments": "return script_execute_ext(string, array_create(5000, 1));",
    "an argument that is not there": "return argument[1000];",
    "an argument by a negative number": "return argument[-1];",
    "a lone surrogate": "return [chr(55296), string_char_at(chr(55296), 1), json_stringify(chr(55296))];",
    "a zero byte": "return [\"a\\0b\", struct_get({}, \"a\\0b\"), variable_global_exists(\"\\0\")];",
    "names that are no names": "var s = {}; s[$ \"\"] = 1; s[$ \"a b\"] = 2; s[$ \"é\"] = 3; s[$ \"1\"] = 4; s[$ \".\"] = 5; return [s, string(s), json_stringify(s)];",
    "names that look mangled": "var s = {}; s[$ \"__x___\"] = 1; s[$ \"___x__\"] = 2; s[$ \"__\"] = 3; s[$ \"____\"] = 4; return [variable_struct_get_names(s), s];",
}  # fmt: skip


@pytest.mark.parametrize("way", CHANGES)
def test_no_trick_leads_out(way: str) -> None:
    attempt(CHANGES[way])


@pytest.mark.parametrize("name", [*DUNDERS, "keys", "items", "_bridge", "_value", "get", "pop", "kind"])
def test_a_host_reads_what_gml_wrote_and_nothing_else(name: str) -> None:
    with game_of("") as game:
        game.exec(f's = {{}}; struct_set(s, "{name}", 5);')
        struct = game.eval("s")
        assert dict(struct) == {name: 5.0}
        assert struct[name] == 5.0
        assert isinstance(struct, Struct)
        repr(struct)


@pytest.mark.parametrize("text", ["while (true) {}", "throw 1;", "return self;", "var u; return u + 1;"])
def test_looking_at_a_value_harms_no_host(text: str) -> None:
    """`repr` runs a `toString` of GML, within the limits, and raises nothing."""
    with game_of("") as game:
        began = time.monotonic()
        value = game.eval(f"{{ toString: function() {{ {text} }} }}")
        assert isinstance(repr(value), str)
        assert isinstance(f"{value}", str)
        with pytest.raises(GmlError) as caught:
            game.exec(f"throw {{ toString: function() {{ {text} }} }};")
        assert isinstance(str(caught.value), str)
        assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("expression", "copy"),
    [
        ('[1, { a: [true, undefined, int64(5)], b: "x" }]', [1, {"a": [True, None, 5], "b": "x"}]),
        ("undefined", None),
        ("[infinity, -infinity, NaN, 1.5]", [None, None, None, 1.5]),
        ("(function() { var s = {}; s.s = s; return s; })()", ValueError),
        ("(function() { var a = [1]; repeat (40) a = [a, a]; return a; })()", ValueError),
        ('json_parse(string_repeat("[", 500) + string_repeat("]", 500))', ValueError),
        ("[sin]", TypeError),
        ("{ f: function() {} }", TypeError),
        ("ds_list_create()", TypeError),
        ("buffer_create(1, buffer_fixed, 1)", TypeError),
    ],
)
def test_a_plain_copy_is_bounded(expression: str, copy: Any) -> None:
    with game_of("") as game:
        value = game.eval(expression)
        if isinstance(copy, type):
            with pytest.raises(copy):
                plain(value)
        else:
            assert plain(value) == copy
            assert json.loads(json.dumps(plain(value))) == copy


def test_a_value_of_another_game_gives_nothing_away() -> None:
    with game_of("") as one, game_of("") as other:
        one.globals.secret = "kept"
        other.globals.value = one.eval("{ a: 1, f: function() { return self; } }")
        assert other.eval("global.value.a") == 1
        with pytest.raises(GmlError):
            other.eval("global.secret")


@pytest.mark.parametrize(
    "source",
    [
        "x = __import__('os');",
        "import os",
        'exec("import os");',
        "x = (lambda: 0)();",
        "x = 1 if true else 2;",
        "x = [y for y in z];",
        "class A: pass",
        "@decorator",
        "x = `os`;",
        "#macro M __import__\nx = M(1);",
        "#import os",
        'gml_pragma("python", "import os");',
        "global.gml_global = 1; gml_global.x = 1;",
        "x = self.__class__.__mro__;",
        "var f = function(__builtins__) { return __builtins__; }; x = f(1);",
        "enum __class__ { __init__ } x = __class__.__init__;",
        "try { throw 1; } catch (__traceback__) { x = __traceback__; }",
        "with (self) { __dict__ = 1; }",
        "static_get(1); x = static_get(function() {});",
        "\ufeffx = \uff4f\uff53;",
        'x = "\\u0000"; y = @"\\x00";',
        "function __init__() { return 1; } x = __init__();",
        "function gml_caught(e) { return e; } try { throw 1; } catch (e) { x = gml_caught(e); }",
        "function gml_errors() {} try { throw 1; } catch (e) { x = 1; }",
        "globalvar __builtins__; __builtins__ = 1;",
        "globalvar gml_list; gml_list = 1; var a = []; array_push(a, 1); x = a;",
    ],
)
def test_no_source_leads_out(source: str) -> None:
    game = game_of(source)
    try:
        with game:
            for instance in game.instances():
                check(instance)
            check(game.globals)
    except SourceErrors as errors:
        check_error(GmlError(str(errors)))
    except GmlError as error:
        check_error(error)

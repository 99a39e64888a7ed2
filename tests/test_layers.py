"""The rules of the house, read off the source: imports only go downwards, modules keep no state."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "gmlrun"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)

LAYERS = [
    {
        "errors",
        "diagnostics",
        "suggestions",
        "language",
        "source",
        "resources",
        "stack",
        "unit",
        "cache",
        "net",
        "lean",
    },
    {"syntax", "runtime", "values", "execution", "engine", "space", "sandbox"},
    {"compiler", "builtins"},
    {"build", "project", "world_loader", "game", "evaluation"},
    {"testing", "doctor"},
    {"embedding", "repl", "service", "workbench", "cli", "pytest_plugin", "pytest_games", "__main__"},
]
LAYER_OF = {part: number for number, parts in enumerate(LAYERS) for part in parts}
RUN_TIME = {"runtime", "values", "execution", "engine", "space", "sandbox"}
"""What a running game is made of."""
STRANGERS = {("compiler", "builtins"), ("builtins", "compiler")}
"""Parts on one level that never meet."""
STRANGERS |= {pair for part in RUN_TIME for pair in (("syntax", part), (part, "syntax"))}
ALSO_NEVER = {("builtins", "syntax"), *(("compiler", part) for part in RUN_TIME)}
TOP = {"__init__"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """The parts of gmlrun that a module imports, lazily or for types too, each with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "gmlrun":
            names = [f"gmlrun.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            if name.startswith("gmlrun."):
                yield name.split(".")[1], node.lineno


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_downwards(path: Path) -> None:
    part = part_of(path)
    if part in TOP:
        return
    assert part in LAYER_OF, f"{part} has no layer: name one in tests/test_layers.py and ARCHITECTURE.md"
    wrong = [
        f"{path.name}:{line} imports {target}"
        for target, line in imports(path)
        if target in LAYER_OF and not may_import(part, target)
    ]
    assert wrong == []


def may_import(part: str, target: str) -> bool:
    if (part, target) in STRANGERS | ALSO_NEVER:
        return False
    if part == "net":
        return target == "net"
    return LAYER_OF[target] <= LAYER_OF[part]


def run_time_imports(path: Path) -> Iterator[str]:
    """The modules of gmlrun that a module imports when it runs, at once or later; those for types are left out."""
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "gmlrun":
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULE_NAMES else str(node.module)
        pending += ast.iter_child_nodes(node)


def module_name(path: Path) -> str:
    return ".".join(("gmlrun", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


MODULE_NAMES = {module_name(path) for path in MODULES}


def test_no_modules_import_each_other() -> None:
    left = {module_name(path): set(run_time_imports(path)) & MODULE_NAMES for path in MODULES}
    while leaves := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in leaves:
            del left[name]
    assert left == {}, "these modules import each other, or import some that do"


FACTORIES = {"dict", "list", "set", "defaultdict", "OrderedDict", "deque", "Counter", "count", "WeakValueDictionary"}


def is_fresh_container(value: ast.expr | None) -> bool:
    """An empty container: at module level it can only be there to be filled later."""
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.List | ast.Set):
        return not value.elts
    if isinstance(value, ast.Call):
        name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return name in FACTORIES and not value.args
    return False


def test_the_workbench_is_imported_by_its_command_alone() -> None:
    users = {name_of(path) for path in MODULES for target, _ in imports(path) if target == "workbench"}
    outside = {name for name in users if not name.startswith("workbench.")}
    assert {name for name in outside if not name.startswith("cli.net.")} == {"cli.bad_line"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_keep_no_state(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    globals_written = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)]
    assert globals_written == [], f"{path.name} writes module globals"
    filled_at_import = {
        node.value.id
        for statement in tree.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
    }
    empty = [
        f"{path.name}:{node.lineno}"
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and is_fresh_container(node.value)
        if not names_assigned(node) & (filled_at_import | {"__all__"})
    ]
    assert empty == []


def names_assigned(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {target.id for target in targets if isinstance(target, ast.Name)}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{path.name} has no docstring"


OF_THE_SAME_NAME = {"Array", "Buffer", "Case", "ConstantFacts", "Form", "Function", "Game", "Library", "Lines", "Loop"}
OF_THE_SAME_NAME |= {"Parameter", "Place", "Program", "Source", "Struct", "Trial", "VariableFacts", "Worker"}
"""Names that two classes have: what a host sees beside what is inside, nodes of the syntax beside what they mean."""


def test_one_name_means_one_class() -> None:
    names: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                names.setdefault(node.name, []).append(name_of(path))
    assert {name: where for name, where in names.items() if len(where) > 1 and name not in OF_THE_SAME_NAME} == {}


@pytest.mark.parametrize("path", sorted((PACKAGE / "net" / "transports").glob("*.py")), ids=name_of)
def test_a_transport_changes_a_connection_by_its_methods(path: Path) -> None:
    """As `net/transport.py` promises; whether a socket is watched for room is the transport's own."""
    written = [
        f"{node.lineno}: {node.attr}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr != "is_watched"
        if "connection" in ast.unparse(node.value)
    ]
    assert written == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_docstrings_say_what_a_thing_is(path: Path) -> None:
    riddles = [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node.value.value, str) and node.value.value.startswith("What ")
    ]
    assert riddles == [], "name the thing or say what is done: 'The packets of one read', not 'What came in one read'"


class RunTimeNames(ast.NodeVisitor):
    """Collects the names that a module reads and imports when it runs: those in annotations alone are none."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.imported: set[str] = set()

    def visit_Import(self, node: ast.Import) -> None:
        self.imported |= {alias.asname or alias.name for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.imported |= {alias.asname or alias.name for alias in node.names}

    def visit_Name(self, node: ast.Name) -> None:
        self.names.add(node.id)

    def visit_arg(self, node: ast.arg) -> None:
        """Its annotation is not evaluated."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.decorator_list, node.args, *node.body):
            self.visit(part)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        for part in (node.target, node.value):
            if part is not None:
                self.visit(part)

    def visit_If(self, node: ast.If) -> None:
        for part in (
            node.orelse if getattr(node.test, "id", "") == "TYPE_CHECKING" else (node.test, *node.body, *node.orelse)
        ):
            self.visit(part)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_for_type_checkers_are_not_used_when_code_runs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    blocks = [
        node for node in tree.body if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
    ]
    if not blocks:
        return
    bound = {
        alias.asname or alias.name
        for block in blocks
        if not block.orelse
        for node in ast.walk(block)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    found = RunTimeNames()
    found.visit(tree)
    assert sorted((bound - found.imported) & found.names) == []

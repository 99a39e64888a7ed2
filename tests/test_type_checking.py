"""What modules import under `if TYPE_CHECKING`, so that they start faster, nothing but annotations uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "gmlrun"


def names_for_checkers(tree: ast.Module) -> set[str]:
    """The names that a module has only while it is type-checked."""
    found: set[str] = set()
    for block in tree.body:
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING":
            found |= set().union(*map(bound_by, block.body)) - set().union(*map(bound_by, block.orelse))
    return found


def bound_by(statement: ast.stmt) -> set[str]:
    """The names that a statement imports, defines or stores to."""
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.alias):
            found.add(node.asname or node.name)
        elif isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


def running(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that run: no annotations, no blocks for type checkers."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
                for part in child.orelse:
                    yield part
                    yield from running(part)
            elif isinstance(child, ast.AST) and not is_only_annotated(child):
                yield child
                yield from running(child)


def is_only_annotated(node: ast.AST) -> bool:
    """Whether a statement declares a name and gives it no value."""
    return isinstance(node, ast.AnnAssign) and node.value is None


def own_imports(tree: ast.Module) -> set[str]:
    """The names that functions import for themselves."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    imports = [
        node for function in functions for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def misused(text: str) -> set[str]:
    """The names that a module's code uses while it runs and has only while it is type-checked."""
    tree = ast.parse(text)
    used = {node.id for node in running(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return used & names_for_checkers(tree) - own_imports(tree)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_names_for_type_checkers_are_used_in_annotations_alone(path: Path) -> None:
    assert misused(path.read_text(encoding="utf-8")) == set()


def test_a_name_that_is_missing_while_the_module_runs_is_found() -> None:
    head = "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from typing import Any\n"
    assert misused(f"{head}def f(x: Any) -> Any:\n    made: Any = 1\n    return made\n") == set()
    assert misused(f"{head}def f() -> None:\n    made = list[Any]()\n") == {"Any"}
    assert misused(f"{head}else:\n    Any = 1\nlist[Any]()\n") == set()

"""Extensions: what describes one goes in; its GML, its constants and its native functions' names come out."""

from __future__ import annotations

from gmlrun.build.program import Part
from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts
from gmlrun.project.yy import Facts
from gmlrun.source import Source

TEXT = 1
"""The type of functions that return a text; other functions return a number."""


SEVERAL = 16
"""Functions: a file that declares more of them as texts, and none as a number, is of a tool that knows no types."""


def declared_texts(is_text: dict[str, bool]) -> set[str]:
    """The functions of one file that return a text, of all its functions with what the file declares."""
    texts = {name for name, declared in is_text.items() if declared}
    return set() if len(texts) == len(is_text) > SEVERAL else texts


def add_extension(collector: ProjectParts, folder: str, facts: Facts) -> None:
    """An extension: a file of GML is a script with `#define`; of any other kind only the functions' names are known."""
    native = collector.extensions.setdefault(yy.text(facts, "name") or folder.rpartition("/")[2], [])
    for file in yy.items(facts, "files"):
        name = yy.text(file, "filename")
        if name.lower().endswith(".gml"):
            collector.add_script(name.removesuffix(".gml"), f"{folder}/{name}")
        else:
            functions = yy.items(file, "functions")
            native += filter(None, (yy.text(function, "name") for function in functions))
            collector.text_functions |= declared_texts(
                {yy.text(function, "name"): yy.number(function, "returnType") == TEXT for function in functions}
            )
        values = {yy.text(made, "name"): yy.text(made, "value") for made in yy.items(file, "constants")}
        add_constants(collector, f"{folder}/{name} (constants)", values)


def add_constants(collector: ProjectParts, name: str, values: dict[str, str]) -> None:
    """Constants, whose values are GML, as macros; several files of extensions may have the same one."""
    new = {constant: value for constant, value in values.items() if constant and constant not in collector.constants}
    collector.constants.update(new)
    lines = [f"#macro {constant} {value or 'undefined'}" for constant, value in new.items()]
    if lines:
        entry = f"gml_GlobalScript_constants_{len(collector.parts)}"
        collector.parts.append(Part(Source(collector.path(name), "\n".join(lines) + "\n", collector.dialect), entry))

"""Pieces of GML as the compiler sees them: text in, its analysis or the Python that it becomes out."""

from __future__ import annotations

from gmlrun.builtins.table import Table
from gmlrun.compiler.analysis import Analysis
from gmlrun.compiler.compile import Form, python_text
from gmlrun.compiler.declarations import Declarations
from gmlrun.compiler.symbols import Symbols
from gmlrun.source import Source
from gmlrun.syntax.parser import parse

TABLE = Table()


def analysed(text: str) -> Analysis:
    """The analysis of a piece of GML."""
    source = Source("t.gml", text)
    return Analysis(source, parse(source, interactive=True))


def python_of(text: str) -> str:
    """The Python of a piece of GML, without its `def` line and indentation."""
    analysis = analysed(text)
    symbols = Symbols()
    Declarations(symbols, TABLE).add([analysis])
    made = python_text(analysis, symbols, TABLE, Form("gml_Object_t_Create_0", owner="t"))
    return "\n".join(line[4:] for line in made.splitlines() if not line.startswith("def "))

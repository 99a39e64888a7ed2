"""The tables of the grammar: grammar/gml.lark goes in, parsers that stand at the beginning of a text come out."""

from __future__ import annotations

import marshal
import os
import sys

from gmlrun.lean import cache
from gmlrun.resources import cache_folder, data_dir
from gmlrun.syntax.builder import Builder
from gmlrun.syntax.lalr import TableParser, Tables, reductions

try:  # as in the compile cache
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MARK = b"gmlrun-tables-1\n"
"""The beginning of the file; another one when `lark_tables` makes something else of the same grammar."""
DIGEST_SIZE = 32


class Grammar:
    """The tables, with the builder that the rules call."""

    def __init__(self, tables: Tables) -> None:
        self.builder = Builder()
        self.tables = tables
        self.reductions = reductions(tables, self.builder)

    def start(self, rule: str) -> TableParser:
        """The parser at the beginning of a start rule."""
        tables = self.tables
        return TableParser(tables.states, self.reductions, tables.ends[rule], [tables.starts[rule]], [])


def load_grammar() -> Grammar:
    """The tables take a fifth of a second to make, and Lark; so they are kept in the cache folder."""
    with open(os.path.join(data_dir("grammar"), "gml.lark"), encoding="utf-8") as file:
        text = file.read()
    found = kept_tables(text)
    if found is None:
        from gmlrun.syntax.lark_tables import tables_of

        found = tables_of(text)
        keep_tables(text, found)
    return Grammar(found)


def tables_file() -> str:
    """The file that the tables are kept in.

    Its name begins with a dot, so that it does not count among the programs of the compile cache.
    """
    return os.path.join(cache_folder(), f".grammar-{sys.version_info[0]}.{sys.version_info[1]}")


def kept_tables(text: str) -> Tables | None:
    """The tables of a grammar from the cache folder; None where they are missing, damaged or another grammar's."""
    try:
        with open(tables_file(), "rb") as file:
            head, body = file.read(len(MARK) + 2 * DIGEST_SIZE), file.read()
        return Tables(*marshal.loads(body)) if head == head_of(text, body) else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep_tables(text: str, tables: Tables) -> None:
    """Keeps the tables of a grammar; does nothing where the folder cannot be written."""
    import tempfile

    body = marshal.dumps(tuple(tables))
    try:
        os.makedirs(cache_folder(), exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=cache_folder(), prefix=".", delete=False) as file:
            file.write(head_of(text, body) + body)
        os.replace(file.name, tables_file())
    except OSError:
        return


def head_of(text: str, body: bytes) -> bytes:
    """The beginning of the file for a grammar and its tables: what they are, and that they are whole."""
    parts = (text.encode("utf-8") + sys.version.encode("utf-8"), body)
    return MARK + b"".join(blake2b(part, digest_size=DIGEST_SIZE).digest() for part in parts)


grammar = cache(load_grammar)

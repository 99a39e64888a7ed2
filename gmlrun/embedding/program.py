"""A program compiled once, from which a host makes as many games as it wants."""

from __future__ import annotations

import os
from collections.abc import Sequence

from gmlrun import project
from gmlrun.build.built import NAME_MISSING, Built
from gmlrun.build.pipeline import build
from gmlrun.build.program import Part, Program
from gmlrun.embedding.arguments import check
from gmlrun.embedding.functions import Host, HostTable
from gmlrun.errors import SourceErrors
from gmlrun.project.model import Loaded
from gmlrun.source import Source

Given = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""A program as a host names it: GML as text, a path, or paths."""
SUFFIXES = (".gml", ".yyp", ".yyz", ".gmx")


class CompiledProgram:
    """A compiled program. `host` has the names that its games get beside GML's own.

    Raises SourceErrors with every error of the program, UsageError for paths that hold none.
    """

    def __init__(
        self, source: Given, *, host: Host | None = None, config: str = "Default", extensions: bool = True
    ) -> None:
        check(
            "CompiledProgram", CompiledProgram.__init__, source=source, host=host, config=config, extensions=extensions
        )
        self.host = host or Host()
        self.takes_installed = extensions
        """Whether functions of installed extensions may be called."""
        self.loaded = load(source, config)
        self.built = self._compile()

    def _compile(self) -> Built:
        """The units; with installed extensions where the program has a name that nobody else knows."""
        try:
            built = build(self.loaded, HostTable(self.host))
            failure, findings = None, built.findings
        except SourceErrors as errors:
            failure, findings = errors, errors.diagnostics
        if self.takes_installed and any(found.code in NAME_MISSING for found in findings):
            from gmlrun.embedding.extensions import installed, names_missing

            more = installed()
            if names_missing(findings, more):
                self.host = self.host.with_others(more)
                return build(self.loaded, HostTable(self.host))
        if failure is not None:
            raise failure
        return built

    def __repr__(self) -> str:
        return f"<gmlrun CompiledProgram, {len(self.built.units)} sources>"

    @property
    def folder(self) -> str:
        """Where the files are that the program reads; empty for one that is a text."""
        if self.loaded.data_folder:
            return self.loaded.data_folder
        name = self.loaded.program.parts[0].source.name if self.loaded.program.parts else ""
        return os.path.dirname(os.path.abspath(name)) if os.path.exists(name) else ""


def load(source: Given, config: str) -> Loaded:
    """The sources of what a host names as a program."""
    if isinstance(source, str) and not is_path(source):
        part = Part(Source("<program>", source), "gml_Object_program_Create_0", owner="program")
        return Loaded(Program([part]), "program")
    paths = [source] if isinstance(source, (str, os.PathLike)) else list(source)
    return project.load(paths, config)


def is_path(text: str) -> bool:
    """Whether a text names a file rather than being GML: one line that ends as a program's file does."""
    return "\n" not in text and text.endswith(SUFFIXES)

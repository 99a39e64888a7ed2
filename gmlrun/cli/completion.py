"""Completion in shells: the words of a command line go in, what its last word may become comes out.

The scripts for the shells ask gmlrun itself, so that they never have to be printed anew.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence

from gmlrun.cli.options import COMMANDS, Command, Option

Candidates = Iterable[tuple[str, str]]
"""Texts and their meanings."""

PROGRAMS = (".gml", ".yyp", ".yyz", ".gmx")
"""How the names of what can be run end."""
CAPTURES = (".pcapng", ".pcap", ".cap")


def candidates(words: Sequence[str]) -> list[tuple[str, str]]:
    """The completions of the last of the words after `gmlrun`, which may be empty."""
    before, last = words[:-1], words[-1] if words else ""
    named = [command for command in COMMANDS if before[:1] == [command.name]]
    command = named[0] if named else COMMANDS[0]
    if command.has_tools:
        return tool_candidates(before[1:], last)
    found = [*offered(command, before[-1] if before else "", last)]
    if not before:
        found = [(each.name, each.help) for each in COMMANDS] + found
    return [(text, meaning) for text, meaning in found if text.startswith(last)]


def tool_candidates(before: Sequence[str], last: str) -> list[tuple[str, str]]:
    """The completions of the last word of a `net` command, behind the name of a tool or in its place."""
    from gmlrun.cli.net_options import TOOLS

    named = [tool for tool in TOOLS if before[:1] == [tool.name]]
    found = offered(named[0], before[-1], last) if named else [(tool.name, tool.help) for tool in TOOLS]
    return [(text, meaning) for text, meaning in found if text.startswith(last)]


def offered(command: Command, previous: str, last: str) -> Candidates:
    """The words that can end a command's line, behind the word `previous`."""
    options = {option.name: option for option in command.options}
    name, equals, value = last.partition("=")
    if equals and name in options:
        return [(f"{name}={text}", meaning) for text, meaning in values(options[name], value)]
    before = options.get(previous)
    if before is not None and not before.is_switch and before.alone is None:
        return values(before, last)
    if last.startswith("-"):
        return [(option.name, option.help) for option in command.options] + [("--help", "tell about this command")]
    return arguments(command, last)


def arguments(command: Command, last: str) -> Candidates:
    """The operands of a command: files, a shell, or names of the library."""
    if command.key in ("path", "paths"):
        return files(last, PROGRAMS)
    if command.key == "words" and "FILE" in command.metavar:
        return files(last, CAPTURES if command.name == "decode" else PROGRAMS)
    if command.name == "doc" and last:
        from gmlrun.builtins.table import known_names

        return [(name, facts["kind"]) for name, facts in known_names().items()]
    return [(choice, "") for choice in command.choices]


def values(option: Option, begun: str) -> Candidates:
    """The values that an option may have."""
    if option.metavar.startswith("FILE"):
        return files(begun, (option.metavar.removeprefix("FILE"),))
    if option.metavar == "FOLDER":
        return files(begun, ())
    return [(choice, "") for choice in option.choices]


def files(begun: str, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Folders, and files with one of these endings, whose paths begin as given."""
    for path in sorted(glob.glob(glob.escape(begun) + "*")):
        if os.path.isdir(path):
            yield path + "/", "folder"
        elif path.endswith(endings or ("/",)):
            yield path, ""


BASH = """_gmlrun() {
    local IFS=$'\\n' word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}" words candidate
    read -ra words -d '' <<< "${line// /$'\\n'}"
    [[ $line == *" " ]] && words+=("")
    local last="${words[-1]}"
    COMPREPLY=()
    while IFS=$'\\t' read -r candidate _; do
        candidate="${candidate#"${last%"$word"}"}"
        [[ $candidate == */ ]] && compopt -o nospace
        COMPREPLY+=("$candidate")
    done < <(gmlrun --complete -- "${words[@]:1}" 2>/dev/null)
    [[ $word == = ]] && COMPREPLY=("${COMPREPLY[@]#=}")
}
complete -F _gmlrun gmlrun
"""

ZSH = """#compdef gmlrun
_gmlrun() {
    local text meaning
    local -a plain folders
    while IFS=$'\\t' read -r text meaning; do
        if [[ $text == */ ]]; then folders+=("$text"); else plain+=("${text//:/\\\\:}${meaning:+:$meaning}"); fi
    done < <(gmlrun --complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( $#plain )) && _describe gmlrun plain
    (( $#folders )) && compadd -S '' -- $folders
    (( $#plain + $#folders ))
}
compdef _gmlrun gmlrun
"""

FISH = """function __gmlrun_complete
    set -l words (commandline -opc) (commandline -ct)
    gmlrun --complete -- $words[2..-1] 2>/dev/null
end
complete -c gmlrun -f -a '(__gmlrun_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}

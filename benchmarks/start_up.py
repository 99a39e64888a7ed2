"""Starting a 300-line script against `python -c pass`, from the compile cache and edited; an idle server's memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import compare

FUNCTION = """
function step_{n}(value) {{
    var total = value;
    for (var i = 0; i < 3; i++) {{
        total += i * {n};
    }}
    if (total > 100) {{
        total = string_length(string(total));
    }}
    return total;
}}"""
SERVER = """
object obj_server {
    event create { server = network_create_server_raw(network_socket_tcp, 0, 100); }
    event async_networking { show_debug_message(async_load[? "type"]); }
}
instance_create_depth(0, 0, 0, obj_server);
show_debug_message("listening");
"""
WARM_GOAL, COLD_GOAL, MEMORY_GOAL = 2.5, 10.0, 30.0


def script() -> str:
    """A program of 300 lines that ends at once."""
    functions = [FUNCTION.format(n=n) for n in range(27)]
    return "\n".join(functions) + "\n" + "show_debug_message(step_1(2));\n" * 3


def command() -> list[str]:
    """What starts gmlrun: the command that users start, where it is installed."""
    found = Path(sys.executable).with_name("gmlrun")
    return [str(found)] if found.is_file() else [sys.executable, "-m", "gmlrun"]


def run(words: Sequence[str], environment: dict[str, str]) -> None:
    """Runs a command to its end."""
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=environment)


def main() -> None:
    """Prints the ratios and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        path, server = Path(folder) / "script.gml", Path(folder) / "server.gml"
        path.write_text(script(), encoding="utf-8")
        server.write_text(SERVER, encoding="utf-8")
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed gmlrun has its bytecode
        edits = iter(range(1000))

        def cold() -> None:
            path.write_text(f"{script()}\n// edit {next(edits)}", encoding="utf-8")
            run([*command(), str(path)], environment)

        nothing = [sys.executable, "-c", "pass"]
        warm_pair = compare(
            lambda: run([*command(), str(path)], environment), lambda: run(nothing, environment), rounds=15
        )
        cold_pair = compare(cold, lambda: run(nothing, environment), rounds=9)
        held = megabytes_of(server, environment)
    print("start-up: a 300-line script, as a multiple of python -c pass (less is better)")
    print(f"  {'from the cache':<18} {warm_pair[0] / warm_pair[1]:5.2f}   (goal: at most {WARM_GOAL})")
    print(f"  {'edited':<18} {cold_pair[0] / cold_pair[1]:5.2f}   (goal: at most {COLD_GOAL:.0f})")
    if held:
        print(f"  {'an idle server':<18} {held:5.1f} MB   (goal: at most {MEMORY_GOAL:.0f})")


def megabytes_of(server: Path, environment: dict[str, str]) -> float:
    """The memory of a server to which nobody has come, from the cache; 0 where the system does not tell."""
    for _ in range(2):
        process = subprocess.Popen(
            [*command(), str(server)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.5)
        status = Path(f"/proc/{process.pid}/status")
        lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
        process.terminate()
        process.communicate()
    found = [line.split()[1] for line in lines if line.startswith("VmRSS")]
    return int(found[0]) / 1000 if found else 0.0

"""The files of examples/deployment are well-formed, safe, and start programs with options that there are."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gmlrun.cli.parser import make_parser
from tests.conftest import ROOT

FOLDER = ROOT / "examples" / "deployment"
NeedTool = Callable[[str], str]


def options_of(words: list[str]) -> Any:
    """The options of a command line of `run`; a wrong one raises SystemExit."""
    return make_parser().parse_args(["run", *words])


# --------------------------------------------------------------------- systemd


def unit() -> dict[str, list[str]]:
    """What the unit sets."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / "game-server.service").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_is_hardened(need_tool: NeedTool) -> None:
    tool = need_tool("systemd-analyze")
    words = [tool, "security", "--offline=true", "--no-pager", "--threshold=29", str(FOLDER / "game-server.service")]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_systemd_understands_the_unit(need_tool: NeedTool, tmp_path: Path) -> None:
    text = (FOLDER / "game-server.service").read_text(encoding="utf-8")
    path = tmp_path / "game-server.service"
    path.write_text(text.replace("/opt/gmlrun/bin/gmlrun", "/bin/true"), encoding="utf-8")
    done = subprocess.run([need_tool("systemd-analyze"), "verify", "--man=no", path], capture_output=True, text=True)
    assert (done.stderr, done.returncode) == ("", 0)


def test_the_unit_gives_time_for_draining_and_has_the_folders_that_it_names() -> None:
    (command,) = unit()["ExecStart"]
    options = options_of(shlex.split(command)[1:])
    assert options.drain_timeout < float(unit()["TimeoutStopSec"][0])
    assert options.save_dir == f"/var/lib/{unit()['StateDirectory'][0]}"
    assert options.control.startswith(f"/run/{unit()['RuntimeDirectory'][0]}/")
    assert (unit()["Type"], unit()["RestartPreventExitStatus"]) == (["notify"], ["2"])


# ------------------------------------------------------------------ containers


def instructions() -> list[tuple[str, str]]:
    """The instructions of the container file, lines that go on put together."""
    text = (FOLDER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def last(name: str) -> str:
    return [rest for found, rest in instructions() if found == name][-1]


def test_the_container_is_small_not_roots_and_ends_when_told() -> None:
    assert "slim" in last("FROM")
    assert len([1 for name, _ in instructions() if name == "FROM"]) == 2  # what builds is not in it
    assert last("USER") == "10001"
    assert last("STOPSIGNAL") == "SIGTERM"
    words = [*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))]
    options = options_of(words[1:])
    assert options.drain_timeout < 10  # what `docker stop` waits
    assert options.save_dir == last("VOLUME")


def test_the_health_check_asks_the_port_of_the_status() -> None:
    check = json.loads(last("HEALTHCHECK").partition("CMD ")[2])
    assert check[0].endswith("python")
    compile(check[2], "check", "exec")
    port = options_of(json.loads(last("CMD"))).status[1]
    assert f"http://127.0.0.1:{port}/healthz" in check[2]


def test_compose_runs_the_server_behind_a_proxy() -> None:
    found = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
    game, proxy = found["services"]["game"], found["services"]["proxy"]
    options = options_of(game["command"])
    assert float(game["stop_grace_period"].removesuffix("s")) > options.drain_timeout
    assert proxy["depends_on"]["game"]["condition"] == "service_healthy"
    caddy = (FOLDER / "Caddyfile").read_text(encoding="utf-8")
    target = re.search(r"reverse_proxy (\w+):(\d+)", caddy)
    assert target is not None
    assert target[1] in found["services"]
    assert target[2] in game["expose"]
    named = {volume.split(":")[0] for service in (game, proxy) for volume in service["volumes"]}
    assert {name for name in named if not name.startswith(".")} == set(found["volumes"])


def test_compose_fits_the_specifications_schema() -> None:
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema=vendor.compose-spec"]
    done = subprocess.run([*words, FOLDER / "compose.yaml"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


# ----------------------------------------------------------------------- panel


def test_the_egg_has_what_a_panel_imports() -> None:
    egg = json.loads((FOLDER / "pterodactyl-egg.json").read_text(encoding="utf-8"))
    assert egg["meta"]["version"] == "PTDL_v2"
    assert {"name", "author", "description", "docker_images", "startup", "config", "scripts", "variables"} <= egg.keys()
    assert {"startup", "stop", "files", "logs"} <= egg["config"].keys()
    assert json.loads(egg["config"]["startup"])["done"] == "gmlrun: listening"
    assert {"script", "container", "entrypoint"} == egg["scripts"]["installation"].keys()
    variables = {one["env_variable"]: one for one in egg["variables"]}
    wanted = {"name", "description", "env_variable", "default_value", "user_viewable", "user_editable", "rules"}
    assert all(wanted <= one.keys() for one in variables.values())
    used = set(re.findall(r"{{(\w+)}}", egg["startup"])) - {"SERVER_PORT"}
    assert used <= variables.keys()
    filled = egg["startup"].replace("{{SERVER_PORT}}", "25565")
    for name in used:
        filled = filled.replace("{{" + name + "}}", variables[name]["default_value"])
    options = options_of(shlex.split(filled)[1:])
    assert options.map_port == [(6510, 25565)]


def test_the_eggs_script_is_of_a_shell(need_tool: NeedTool, tmp_path: Path) -> None:
    egg = json.loads((FOLDER / "pterodactyl-egg.json").read_text(encoding="utf-8"))
    path = tmp_path / "install.sh"
    path.write_text(egg["scripts"]["installation"]["script"], encoding="utf-8")
    assert subprocess.run([need_tool("bash"), "-n", path]).returncode == 0


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_the_page_names_each_file(name: str) -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert f"examples/deployment/{name}" in page


# ------------------------------------------------------------------ Kubernetes


@pytest.mark.parametrize("name", ["agones-fleet.yaml", "kubernetes.yaml"])
def test_manifests_run_the_server_and_give_it_time(name: str) -> None:
    documents = list(yaml.safe_load_all((FOLDER / name).read_text(encoding="utf-8")))
    assert all({"apiVersion", "kind", "metadata", "spec"} <= one.keys() for one in documents)
    template = documents[0]["spec"]["template"]
    pod = template["spec"]["template"]["spec"] if name.startswith("agones") else template["spec"]
    (container,) = pod["containers"]
    options = options_of(container["args"])
    assert options.drain_timeout < pod["terminationGracePeriodSeconds"]
    assert options.agones == name.startswith("agones")
    assert options.status[1] in [port["containerPort"] for port in container["ports"]]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]


def test_probes_ask_what_the_status_answers() -> None:
    from gmlrun.service.status import PATHS

    deployment = next(yaml.safe_load_all((FOLDER / "kubernetes.yaml").read_text(encoding="utf-8")))
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    assert {container[probe]["httpGet"]["path"] for probe in ("livenessProbe", "readinessProbe")} <= PATHS.keys()

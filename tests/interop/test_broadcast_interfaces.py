"""A broadcast on a machine with several interfaces, which a network namespace of its own has."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LISTENER = """
event create { server = network_create_server(network_socket_udp, 6510, 8); heard = 0; alarm[0] = 300; }
event async_network { heard++; alarm[0] = 30; }
event alarm0 { show_debug_message("heard " + string(heard)); game_end(); }
"""
SENDER = """
event create {
    sock = network_create_socket(network_socket_udp);
    buffer = buffer_create(4, buffer_fixed, 1);
    alarm[0] = 1;
}
event alarm0 {
    show_debug_message(network_send_broadcast(sock, 6510, buffer, 4));
    game_end();
}
"""
INTERFACES = """
ip link set lo up || exit 77
for number in 1 2 3; do
    ip link add v$number type veth peer name p$number || exit 77
    ip addr add 10.$number.0.1/24 brd + dev v$number
    ip link set v$number up
    ip link set p$number up
done
"$1" -m gmlrun run listener.gml > heard.txt 2> listening.txt &
until grep -q listening listening.txt; do sleep 0.1; done
"$1" -m gmlrun run sender.gml > sent.txt
wait
"""


@pytest.mark.skipif(shutil.which("unshare") is None or shutil.which("ip") is None, reason="no network namespaces here")
def test_a_broadcast_by_three_interfaces_is_heard_once(tmp_path: Path) -> None:
    for name, text in (("listener.gml", LISTENER), ("sender.gml", SENDER), ("interfaces.sh", INTERFACES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["unshare", "-rn", "sh", "interfaces.sh", sys.executable]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"no interfaces can be made here: {done.stderr}")
    assert (tmp_path / "heard.txt").read_text(encoding="utf-8") == "heard 1\n"
    assert (tmp_path / "sent.txt").read_text(encoding="utf-8") == "16\n"

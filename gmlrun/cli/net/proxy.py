"""`gmlrun net proxy`: a port and a server go in, a proxy between both runs."""

from __future__ import annotations

import ssl
import sys

from gmlrun.cli.certificates import check_certificate
from gmlrun.cli.net.words import host_and_port, port_of, words_of
from gmlrun.errors import UsageError
from gmlrun.net.backend import NetworkLimits
from gmlrun.net.protocols.tls import server_context
from gmlrun.workbench import gate
from gmlrun.workbench.desk import desk_screen
from gmlrun.workbench.line import ProxyConditions
from gmlrun.workbench.proxy_sockets import ProxyPlan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions) -> int:
    """Passes packets on until the end; returns the exit code."""
    listen, target = words_of(options, 2, "PORT HOST:PORT")
    host, port = host_and_port(target, "gmlrun net proxy PORT HOST:PORT")
    check_certificate(options.tls_cert, options.tls_key)
    if options.udp and (options.tls_cert or options.tls):
        raise UsageError("TLS is for streams: leave out --udp, or --tls-cert and --tls")
    conditions = ProxyConditions(**{name: getattr(options, name) for name in ProxyConditions._fields})
    plan = ProxyPlan(host, port, options.bind, port_of(listen, 0), options.udp, options.raw, conditions, options.seed)
    plan = plan._replace(inside=context_for_clients(options), outside=context_for_server(options))
    return gate.run(plan, gate.Gate(desk_screen(options, sys.stdout), options.quiet, options.pause, options.edit))


def context_for_clients(options: CommandOptions) -> ssl.SSLContext | None:
    """The TLS that the proxy speaks with clients; None for none."""
    if not options.tls_cert:
        return None
    return server_context(NetworkLimits(tls_certificate=options.tls_cert, tls_key=options.tls_key))


def context_for_server(options: CommandOptions) -> ssl.SSLContext | None:
    """The TLS that the proxy speaks with the server; None for none."""
    return ssl.create_default_context() if options.tls else None

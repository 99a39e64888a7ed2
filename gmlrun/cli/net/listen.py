"""`gmlrun net listen`: a port goes in, a server at the keyboard runs."""

from __future__ import annotations

import sys

from gmlrun.cli.certificates import check_certificate
from gmlrun.cli.net.desk import desk_options
from gmlrun.cli.net.words import port_of, words_of
from gmlrun.errors import UsageError
from gmlrun.workbench.desk import desk_screen
from gmlrun.workbench.listening import NumberedServer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions) -> int:
    """Listens, and sends what is typed until the end; returns the exit code."""
    check_certificate(options.tls_cert, options.tls_key)
    desk = desk_options(options)._replace(
        is_echo=options.echo,
        bind=options.bind,
        max_clients=options.clients,
        certificate=options.tls_cert,
        key=options.tls_key,
    )
    if desk.kind == "wss" and options.tls_cert is None:
        raise UsageError("--wss needs a certificate: --tls-cert FILE")
    (port,) = words_of(options, 1, "PORT")
    return NumberedServer(port_of(port, 0), desk, desk_screen(options, sys.stdout)).run()

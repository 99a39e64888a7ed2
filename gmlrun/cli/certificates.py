"""The certificate of secure sockets: the options of a command go in; nothing comes out, or a UsageError."""

from __future__ import annotations

from gmlrun.errors import UsageError
from gmlrun.net.backend import NetworkError, NetworkLimits
from gmlrun.net.protocols.tls import server_context


def check_certificate(certificate: str | None, key: str | None) -> None:
    """Finds out at the start, rather than at the first server, that secure sockets cannot work."""
    if certificate is None:
        if key is not None:
            raise UsageError("--tls-key needs --tls-cert as well")
        return
    try:
        server_context(NetworkLimits(tls_certificate=certificate, tls_key=key))
    except NetworkError as error:
        raise UsageError(str(error)) from None

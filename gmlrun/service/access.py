"""The token of `--status-token`: a file and a request's headers go in; whether they carry the token comes out.

Scrapers send it as `Authorization: Bearer TOKEN`; browsers ask for a name and a password, and send it as the password.
"""

from __future__ import annotations

import base64
import binascii
import hmac

from gmlrun.errors import UsageError

SHORTEST = 8
"""Characters that a token has at least."""
CHALLENGE = 'Basic realm="gmlrun", charset="UTF-8"'
"""The header that makes a browser ask for a password."""


def read_token(path: str) -> str:
    """The first line of a file. Raises UsageError for a file that cannot be read, and for a token that is too short."""
    try:
        with open(path, encoding="utf-8") as file:
            token = file.readline().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--status-token: cannot read {path}: {getattr(error, 'strerror', None) or error}") from None
    if len(token) < SHORTEST:
        raise UsageError(f"--status-token: the first line of {path} must have at least {SHORTEST} characters")
    return token


def knows(token: str, authorization: str) -> bool:
    """Whether a header has the token."""
    scheme, _, value = authorization.partition(" ")
    given = value.strip() if scheme.lower() == "bearer" else password(value) if scheme.lower() == "basic" else ""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def password(value: str) -> str:
    """The password in the value of a Basic header; empty where it is none."""
    try:
        return base64.b64decode(value.strip(), validate=True).decode("utf-8", "replace").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""

"""Exports the finished sessions with the blocking client."""

from __future__ import annotations

import sys

import hundredms
from peak import report

path, base_url, access_key, secret, _ = sys.argv[1:]


def export() -> int:
    """Write the file, and return its rows."""
    with hundredms.Client(access_key, secret, base_url=base_url) as client:
        return client.sessions.list(active=False).to_parquet(path)


report(export)

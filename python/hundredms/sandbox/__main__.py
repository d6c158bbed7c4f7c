"""The command `python -m hundredms.sandbox`: a sandbox for any language, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

from .. import __version__
from . import Sandbox, SandboxError

NAME = "hundredms.sandbox"


class Parser(argparse.ArgumentParser):
    """A parser whose errors take one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and exit."""
        self.exit(2, f"{NAME}: {message} (see --help)\n")


def port(text: str) -> int:
    """Read a port."""
    if not text.isdecimal() or int(text) > 65535:
        message = f"must be between 0 and 65535, not {text}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def secret(parser: Parser, given: str | None, file: str | None, variable: str) -> str | None:
    """Take a secret from the command line, from a file, or from the environment."""
    if given is not None:
        return given
    found: str | None
    if file is not None:
        try:
            found = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            parser.error(f"cannot read {file}: {error}")
        source = file
    else:
        found = os.environ.get(variable)
        source = variable
    if found == "":
        parser.error(f"{source} is empty")
    return found


def warn(option: str, given: object) -> None:
    """Warn that a secret is visible in the process list."""
    if given:
        sys.stderr.write(
            f"{NAME}: warning: {option} is visible in the process list; use {option}-file\n"
        )


def greet(sandbox: Sandbox, *, with_dashboard: bool) -> None:
    """Say where the sandbox is, and how to use it."""
    dashboard = f"Dashboard: {sandbox.dashboard_url}\n" if with_dashboard else ""
    sys.stdout.write(
        f"{dashboard}hundredms-sandbox listens on {sandbox.base_url}. Ctrl-C ends it. "
        "Paste this to use it:\n\n"
        f"export HMS_BASE_URL={sandbox.base_url}\n"
        f"export HMS_AUTH_URL={sandbox.auth_url}\n"
        f"export HMS_ACCESS_KEY={shlex.quote(sandbox.access_key)}\n"
        f"export HMS_SECRET={shlex.quote(sandbox.secret)}\n"
    )
    sys.stdout.flush()


def main() -> int:
    """Run the command."""
    parser = Parser(
        prog="python -m hundredms.sandbox",
        description="Emulate the 100ms server-side API on this machine, in memory.",
        epilog="GET /_sandbox/health answers 200 as soon as it is up.",
    )
    parser.add_argument("--version", action="version", version=f"{NAME} {__version__}")
    parser.add_argument(
        "--port", type=port, default=8100, help="port to listen on; 0 takes a free one"
    )
    parser.add_argument(
        "--host", help="listen at this address or name; whoever reaches it can drive the sandbox"
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="allow one more name in the Host header of requests; may be given several times",
    )
    parser.add_argument("--access-key", help="access key that tokens must carry")
    secrets = parser.add_mutually_exclusive_group()
    secrets.add_argument(
        "--secret", help="secret that tokens must be signed with; better given by --secret-file"
    )
    secrets.add_argument(
        "--secret-file",
        metavar="FILE",
        help="read that secret from this file, or from HMS_SANDBOX_SECRET",
    )
    parser.add_argument("--webhook-url", help="send webhooks to this http URL")
    parser.add_argument(
        "--webhook-header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="send this header with webhooks; may be given several times",
    )
    parser.add_argument(
        "--webhook-header-file",
        metavar="FILE",
        help="send the headers in this file with webhooks, one 'name: value' a line",
    )
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument(
        "--webhook-signing-key",
        metavar="KEY",
        help="sign webhooks with this key, in x-100ms-signature; better given by a file",
    )
    keys.add_argument(
        "--webhook-signing-key-file",
        metavar="FILE",
        help="read that key from this file, or from HMS_SANDBOX_WEBHOOK_SIGNING_KEY",
    )
    parser.add_argument(
        "--dashboard",
        action="store_true",
        help="print the URL of the dashboard, a page that shows and changes what happens here",
    )
    arguments = parser.parse_args()
    given_secret = secret(parser, arguments.secret, arguments.secret_file, "HMS_SANDBOX_SECRET")
    written = list(arguments.webhook_header)
    if arguments.webhook_header_file is not None:
        lines = secret(parser, None, arguments.webhook_header_file, "") or ""
        written += [line for line in lines.splitlines() if line.strip()]
    signing_key = secret(
        parser,
        arguments.webhook_signing_key,
        arguments.webhook_signing_key_file,
        "HMS_SANDBOX_WEBHOOK_SIGNING_KEY",
    )
    if arguments.webhook_url is None and (
        written or arguments.webhook_signing_key or arguments.webhook_signing_key_file
    ):
        parser.error("--webhook-header and --webhook-signing-key need --webhook-url")
    headers: dict[str, str] = {}
    for header in written:
        name, colon, value = header.partition(":")
        if not colon:
            parser.error("--webhook-header is 'name: value', with a colon")
        headers[name.strip()] = value.strip()
    warn("--secret", arguments.secret)
    warn("--webhook-header", arguments.webhook_header)
    warn("--webhook-signing-key", arguments.webhook_signing_key)
    asked_to_end = threading.Event()

    def end(_number: int, _frame: object) -> None:
        asked_to_end.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    try:
        sandbox = Sandbox(
            port=arguments.port,
            access_key=arguments.access_key,
            secret=given_secret,
            host=arguments.host,
            allow_hosts=arguments.allow_host,
        )
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{NAME}: {error}\n")
        return 1
    with sandbox:
        if arguments.webhook_url is not None:
            try:
                sandbox.set_webhook(
                    arguments.webhook_url,
                    headers=headers,
                    signing_key=signing_key,
                )
            except SandboxError as error:
                sys.stderr.write(f"{NAME}: {error}\n")
                return 2
        greet(sandbox, with_dashboard=arguments.dashboard)
        asked_to_end.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

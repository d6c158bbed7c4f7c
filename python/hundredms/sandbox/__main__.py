"""The command `python -m hundredms.sandbox`: a sandbox for any language, until Ctrl-C."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
import threading

from . import ControlError, Sandbox


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m hundredms.sandbox",
        description="Emulate the 100ms server-side API on this machine, in memory.",
    )
    parser.add_argument(
        "--port", type=int, default=8100, help="port to listen on; 0 takes a free one"
    )
    parser.add_argument("--access-key", help="access key that tokens must carry")
    parser.add_argument("--secret", help="secret that tokens must be signed with")
    parser.add_argument("--webhook-url", help="send webhooks to this http URL")
    parser.add_argument(
        "--webhook-header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="send this header with webhooks; may be given several times",
    )
    parser.add_argument(
        "--webhook-signing-key", help="sign webhooks with this key, in x-100ms-signature"
    )
    arguments = parser.parse_args()
    headers: dict[str, str] = {}
    for header in arguments.webhook_header:
        name, colon, value = header.partition(":")
        if not colon or arguments.webhook_url is None:
            parser.error("--webhook-header is 'name: value', and needs --webhook-url")
        headers[name.strip()] = value.strip()
    asked_to_end = threading.Event()

    def end(_number: int, _frame: object) -> None:
        asked_to_end.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    try:
        sandbox = Sandbox(
            port=arguments.port, access_key=arguments.access_key, secret=arguments.secret
        )
    except OSError as error:
        sys.stderr.write(f"hundredms.sandbox: {error}\n")
        return 1
    with sandbox:
        if arguments.webhook_url is not None:
            try:
                sandbox.set_webhook(
                    arguments.webhook_url,
                    headers=headers,
                    signing_key=arguments.webhook_signing_key,
                )
            except ControlError as error:
                sys.stderr.write(f"hundredms.sandbox: {error}\n")
                return 2
        sys.stdout.write(
            f"hundredms-sandbox listens on {sandbox.base_url}. Ctrl-C ends it. "
            "Paste this to use it:\n\n"
            f"export HMS_BASE_URL={sandbox.base_url}\n"
            f"export HMS_AUTH_URL={sandbox.auth_url}\n"
            f"export HMS_ACCESS_KEY={shlex.quote(sandbox.access_key)}\n"
            f"export HMS_SECRET={shlex.quote(sandbox.secret)}\n"
        )
        sys.stdout.flush()
        asked_to_end.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

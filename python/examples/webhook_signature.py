"""Verify the signature of a webhook by hand, where no receiver can be used.

Run it with `python webhook_signature.py`. It starts a sandbox, which signs webhooks. Prints:

    the webhook is signed
    another body is not signed
    with another key it is not signed
"""

from __future__ import annotations

# --8<-- [start:verify]
import hashlib
import hmac


def is_signed(body: bytes, signature: str, key: str) -> bool:
    """Return whether the value of `x-100ms-signature` is that of the received bytes."""
    expected = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


# --8<-- [end:verify]


def main() -> None:
    """Verify what a sandbox signs."""
    import hundredms  # noqa: PLC0415 - what is shown needs no package

    key = "the key of the workspace"
    with hundredms.Sandbox() as sandbox:
        request = sandbox.webhook_request("peer.join.success", signing_key=key)
    signature = request.headers["x-100ms-signature"]
    if is_signed(request.body, signature, key):
        print("the webhook is signed")
    if not is_signed(request.body + b" ", signature, key):
        print("another body is not signed")
    if not is_signed(request.body, signature, "another key"):
        print("with another key it is not signed")


if __name__ == "__main__":
    main()

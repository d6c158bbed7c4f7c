# @generated from crates/hundredms/src/resources/sip.rs by `cargo xtask gen`; do not edit.
"""Models of sip."""

from __future__ import annotations

from .._model import Model


class SipCallId(Model, frozen=True, kw_only=True):
    """A call that was placed."""

    id: str
    """Id of the call."""


class SipTrunkId(Model, frozen=True, kw_only=True):
    """A trunk that was created or updated."""

    id: str
    """Id of the trunk (`trunk_id`)."""

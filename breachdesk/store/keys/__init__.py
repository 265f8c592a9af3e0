"""Make a desk and its key, and find the key again: in the OS keyring, or in ``key.json``."""

from breachdesk.store.keys.finding import (
    OpenedKey,
    known_elsewhere,
    open_key,
    remember_head,
    remember_key,
)
from breachdesk.store.keys.forgetting import Call, call_windows, forget_key, locked_at, why_called
from breachdesk.store.keys.making import NewDesk, make_desk
from breachdesk.store.keys.ring import (
    KEYRING_SECONDS,
    SERVICE,
    KeyringUse,
    KeySource,
    keyring_name,
    mark_of,
)

__all__ = [
    "KEYRING_SECONDS",
    "SERVICE",
    "Call",
    "KeySource",
    "KeyringUse",
    "NewDesk",
    "OpenedKey",
    "call_windows",
    "forget_key",
    "keyring_name",
    "known_elsewhere",
    "locked_at",
    "make_desk",
    "mark_of",
    "open_key",
    "remember_head",
    "remember_key",
    "why_called",
]

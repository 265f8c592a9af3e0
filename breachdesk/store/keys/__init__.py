"""Make a desk and its key, and find the key again: in the OS keyring, or in ``key.json``."""

from breachdesk.store.keys.finding import OpenedKey, open_key, remember_head, remember_key
from breachdesk.store.keys.forgetting import Call, call_windows, forget_key, locked_at, why_called
from breachdesk.store.keys.making import NewDesk, make_desk
from breachdesk.store.keys.ring import (
    KEYRING_SECONDS,
    SERVICE,
    KeyringUse,
    KeySource,
    keyring_name,
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
    "locked_at",
    "make_desk",
    "open_key",
    "remember_head",
    "remember_key",
    "why_called",
]

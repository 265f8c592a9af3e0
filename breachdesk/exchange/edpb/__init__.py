"""A case as a notification on the EDPB's common template: its fields, and what is wrong in them."""

from breachdesk.exchange.edpb.filling import Filled, fill
from breachdesk.exchange.edpb.plain import plain_fields
from breachdesk.exchange.edpb.where import unconfirmed, where

__all__ = ["Filled", "fill", "plain_fields", "unconfirmed", "where"]

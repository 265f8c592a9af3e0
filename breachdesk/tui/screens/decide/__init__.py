"""Decide a matter: the advice beside it, a person's own words beneath it."""

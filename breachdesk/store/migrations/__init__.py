"""Alembic's migrations; loaded only when a desk's schema is behind."""

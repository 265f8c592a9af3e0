"""The screens. They know the desk, and nothing below it."""

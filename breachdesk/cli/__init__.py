"""The command line, and the one place where everything is put together (see `main`).

Command modules import what is heavy inside the functions that need it, so that ``--help`` and shell
completion answer at once, and no command without a screen ever loads Textual.
"""

"""The command line: where settings, store, forms and desk are put together."""

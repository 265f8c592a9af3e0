"""Papers: what goes out, what is missing in it, and what was issued."""

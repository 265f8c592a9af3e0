"""THE LAW: pure functions over terms, numbers and answers. No clock, no disk, no database."""

"""Letters to each person of a list: looked at first, made, and what became of them read back."""

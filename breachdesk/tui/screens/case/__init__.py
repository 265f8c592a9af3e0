"""One case: the clock that never leaves, what to do next, and a widget for each tab."""

"""How figures are reckoned: pure functions."""

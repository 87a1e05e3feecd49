"""Pages of reading activities."""

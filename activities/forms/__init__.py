"""Input around activities."""

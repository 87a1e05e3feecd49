"""Input at the desk and about its rules."""

"""Writes of the site itself, one file per business act."""

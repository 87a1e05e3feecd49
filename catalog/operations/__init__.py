"""Writes to the catalogue, one file per business act."""

"""Decisions about titles and numbers: pure functions."""

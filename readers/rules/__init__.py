"""Decisions about readers and classes: pure functions."""

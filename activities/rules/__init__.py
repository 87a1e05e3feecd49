"""Decisions about activities, works, notes and awards: pure functions."""

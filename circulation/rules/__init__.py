"""Decisions about lending: pure functions, their answers are lists of problems."""

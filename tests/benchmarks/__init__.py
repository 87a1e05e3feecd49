"""Measurements, run by hand: they print numbers and assert none."""

"""Readers: school years, classes, cards, helpers, accounts."""

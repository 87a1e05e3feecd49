"""Reads of activities and of what readers say."""

"""Sheets that activities read."""

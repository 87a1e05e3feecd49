"""Reads of loans and events."""

"""Reads about readers and classes."""

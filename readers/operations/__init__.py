"""Writes about readers and classes: one module per act."""

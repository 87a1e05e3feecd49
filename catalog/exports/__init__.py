"""The catalogue going out: lists as tables to keep."""

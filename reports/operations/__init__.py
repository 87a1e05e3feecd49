"""Writes of reports, one file per act or register."""

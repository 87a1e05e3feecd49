"""Rosters: who is at the school, and in which class."""

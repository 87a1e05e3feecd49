"""Figures for the principal, each from the same events and facts."""

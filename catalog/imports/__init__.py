"""Sheets of holdings: titles, and the copies that stand on the shelf."""

"""Catalogue: titles classified by the CLC, copies, places, and the care of the collection."""

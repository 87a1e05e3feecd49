"""Backups: one file with the database, the uploads and a manifest; made, checked, listed and restored here."""

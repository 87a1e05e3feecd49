"""Small data for tests, made by plain functions: each makes one thing, with what it needs."""

"""A school that does not exist, for trying the product out and for measuring it.

Names of people, classes and most publishers are invented; well-known books stand in `titles.csv` as facts.
Top layer: it may import every app, no app imports it.
"""

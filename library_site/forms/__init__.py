"""Forms of the site, and the parts that all forms share."""

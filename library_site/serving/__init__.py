"""`manage.py demo` and `manage.py serve`: preparing, starting and watching the processes of the product."""

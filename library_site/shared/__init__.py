"""Parts that two or more apps use, each under the name of its subject."""

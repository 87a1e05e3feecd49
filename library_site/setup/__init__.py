"""The first-start guide: one page, one act, after which the school can begin."""

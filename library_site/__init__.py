"""The site: settings, accounts, roles, audit, options of the school; the ground that the five apps stand on."""

"""Where PostgreSQL comes from: an existing server (`DATABASE_URL`) or the embedded one."""

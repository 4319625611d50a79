"""Files that run the casebook for real; only the health check is Python."""

"""Two entries that are the same become one."""

"""Which translations are missing, stale or done, and the texts side by side for translators."""

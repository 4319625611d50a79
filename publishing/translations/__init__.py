"""Which translations are missing, up to date or out of date, and how they are written."""

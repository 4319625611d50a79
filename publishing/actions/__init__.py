"""What changes: the only code that writes content.

Each action asks its rule, locks, changes, records, and announces on commit.
"""

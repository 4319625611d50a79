"""Merging duplicates: two entries about the same thing become one."""

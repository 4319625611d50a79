"""The types of columns that content is stored in."""

"""Kinds of columns, and what may stand in them."""

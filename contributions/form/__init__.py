"""The public form: its fields, and what they may change."""

"""The content that a new casebook starts with, and how it is read."""

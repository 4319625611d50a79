"""Datasets of the field into the queue of proposals, and what our sources say of their records."""

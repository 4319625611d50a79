"""Protects the public form against floods, fraud and deceptive text."""

"""Reference articles on a field of cooperation, their themes and their evidence."""

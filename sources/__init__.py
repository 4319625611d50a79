"""What we cite: documents, datasets, news, and the claims based on them."""

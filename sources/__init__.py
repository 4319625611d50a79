"""What we cite: documents, datasets, news, and the claims that rest on them."""

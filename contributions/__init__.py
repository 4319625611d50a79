"""The public door: proposals without an account, the private link to each, and protection against abuse."""

"""The evidence: ceasefire cases, reconstruction initiatives, actors and places."""

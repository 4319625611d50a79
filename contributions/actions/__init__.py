"""What changes: contributions are sent, followed, decided and erased."""

"""What "published" means: entries, revisions, proposals, and the one door between them."""

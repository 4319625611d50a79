"""Pages across all entries: home, changes, figures, and the site's own pages."""

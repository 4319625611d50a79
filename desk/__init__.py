"""The editors' desk: the screens that all kinds of entries share."""

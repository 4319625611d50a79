"""The casebook's SQLite: a library whose write-ahead log is safe, and a queue before its one write lock."""

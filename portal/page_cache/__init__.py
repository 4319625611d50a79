"""Public pages as bytes: rendered once, and sent from memory for as long as what they show stays the same.

`front` answers before the rest of Django wakes, and `at_once` before the web server takes a thread
(docs/adr/0051). `questions` records what a page asked the database, and can
ask again: a page is fresh while the answers are the same (docs/adr/0029). `changes` says cheaply, for all
processes, whether anything may have changed since. `pages` keeps the bytes.
"""

"""A picture for each entry in shared links, drawn after publication and kept as a file.

`drawing` draws texts in our own faces, `contents` says which texts, `files` keeps what was drawn.
"""

"""The API: what is published, for programs, read-only (docs/adr/0042).

`resources` says what there is, `parameters` what it can be asked: made from the same filters and forms as the
pages, so that the description, the checks and the pages are one. `encoding` makes the answers.
"""

"""Registers the panels that the desk itself shows on its first page."""

from desk import panels, threads
from desk.hooks import desk_panels

desk_panels.register(panels.unsaved, rank=5)
desk_panels.register(panels.proposals, rank=20)
desk_panels.register(threads.comments_for, rank=15)
desk_panels.register(panels.translations, rank=40)
desk_panels.register(panels.verification, rank=50)
desk_panels.register(panels.unused, rank=55)
desk_panels.register(panels.latest_changes, rank=60)

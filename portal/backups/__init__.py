"""Backups: one file with the database, the pictures and a manifest."""

from portal.backups.databases import CannotCopy, has_content, head, load, save
from portal.backups.files import InvalidBackup, Manifest, keep_newest, newest_backup, unpacked, write_backup

__all__ = [
    "CannotCopy",
    "InvalidBackup",
    "Manifest",
    "has_content",
    "head",
    "keep_newest",
    "load",
    "newest_backup",
    "save",
    "unpacked",
    "write_backup",
]

"""Rows that are pasted from a spreadsheet or a text: read, looked at, and put into a form as new rows."""

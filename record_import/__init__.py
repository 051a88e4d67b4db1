"""Data files and sheets: how rows become records, what differs, and what is written."""

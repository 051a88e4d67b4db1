"""Lists of records: filters, pages, downloads, and what other apps show or count beside them."""

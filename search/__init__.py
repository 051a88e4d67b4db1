"""Names and words in any script: the entries that are searched, kept in step with the records."""

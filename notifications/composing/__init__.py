"""A mail as it is written: facts and words, in the language and zone of its reader."""

"""The page of one site: its facts, sources, history, citation."""

"""Everything that spans all records: search, both kinds of site together, map, comparison, statistics, feeds, API."""

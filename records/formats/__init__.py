"""How a fact is written: dates as far as they are known, zones, measures, names, the vocabulary of the data files."""

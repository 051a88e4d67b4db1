"""Records of several types in one table and one more for each type: their classes, locks, bulk writing, a rule of the database."""

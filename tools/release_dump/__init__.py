"""A database as a release leaves it, with data in every table, to be upgraded by the tests of all later ones."""

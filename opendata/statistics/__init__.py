"""The network in figures."""

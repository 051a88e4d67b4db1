"""Biosphere reserves, their zones and periodic reviews."""

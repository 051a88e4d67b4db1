"""Moments on the clocks of a place, and on those of a reader."""

"""Slides, recordings, transcripts ...: files put up and handed out to those who may have them."""

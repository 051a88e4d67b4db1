"""Calendars for programs: entries, zones, feeds (RFC 5545)."""

"""Mails that came back, and what that says of an address."""

"""The secretariat officer's work queue, requests for offers, announcements."""

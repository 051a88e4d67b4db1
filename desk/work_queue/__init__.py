"""What waits for the officer, group by group."""

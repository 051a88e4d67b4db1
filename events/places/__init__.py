"""Places at an event: how many there are, who has one, and the signed address of each."""

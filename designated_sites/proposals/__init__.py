"""What those who look after a site would have its record say, and what an officer decides."""

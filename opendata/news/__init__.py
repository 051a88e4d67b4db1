"""What is new, for programs that ask."""

"""A copy of everything the portal cannot make again, in one file that says what it holds and reads itself back."""

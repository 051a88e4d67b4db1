"""The form of a call: its questions, and the answers to them."""

"""Who was there: lists taken over, names matched, minutes worked out."""

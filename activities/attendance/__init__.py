"""Who was there: lists taken over, names decided, minutes worked out."""

"""Photos: checked, cleaned, made in widths, handed out."""

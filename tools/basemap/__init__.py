"""Rebuilds the pictures and lines that the portal's maps stand on, from named packages. See README.md."""

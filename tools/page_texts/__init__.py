"""The words of every page, file and mail of the portal, as text that two releases can be compared by (README.md)."""

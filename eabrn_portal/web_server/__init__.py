"""The web server: waitress, in a known number of processes and threads, which slow or greedy clients cannot stall."""

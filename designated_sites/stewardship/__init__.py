"""Who looks after a site, what they may change, and the yearly question whether its facts are right."""

"""What a monitor is told: whether the portal lives, whether all its parts are ready, and its figures."""

"""Moving, cancelling and reopening."""

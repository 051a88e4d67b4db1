"""Moving, cancelling and reopening, with a trace on the page."""

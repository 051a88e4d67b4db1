"""Reserves and geoparks together: listed, compared."""

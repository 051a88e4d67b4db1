"""UNESCO Global Geoparks, aspiring geoparks and their revalidation."""

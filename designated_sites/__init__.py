"""What every kind of designated site has: names, photos, stewards, proposals, redirects."""

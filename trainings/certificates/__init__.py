"""Who took part, and the certificates and letters that say so."""

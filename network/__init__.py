"""Member states, partners, programmes, documents."""

"""Writing an application, and where it stands."""

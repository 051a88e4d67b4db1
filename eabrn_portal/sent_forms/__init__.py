"""Forms that were sent: nothing is done twice, nothing that was typed is lost. For every form of the portal, by middleware."""

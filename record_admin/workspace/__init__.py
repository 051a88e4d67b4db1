"""The officers' workspace: what stands in its navigation, the parts that a record is worked on in, and pages of our own."""

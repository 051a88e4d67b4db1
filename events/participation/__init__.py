"""Taking part in an event: joining, questions in advance, materials, the survey."""

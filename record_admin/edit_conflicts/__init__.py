"""Two officers in one record: what each form was made from, and whose value is kept."""

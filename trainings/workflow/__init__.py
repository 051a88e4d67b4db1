"""How an application moves, from draft to certificate: states, conditions, seats, reserve list, follow-up."""

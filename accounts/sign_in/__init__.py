"""Ways in: password, code, passkey, second factor; and the person an address claims."""

"""Asking for an offer."""


def ask(**k):
    raise NotImplementedError

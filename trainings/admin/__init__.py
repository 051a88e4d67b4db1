"""Trainings, their seats and questions, applications and certificates in the secretariat's admin."""

# In the order in which the admin lists them.
from . import applications, attendance, certificates, call_forms, reports, trainings  # isort: skip

__all__ = ["applications", "attendance", "call_forms", "certificates", "reports", "trainings"]

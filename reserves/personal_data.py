"""What biosphere reserves hold about a human being."""

from designated_sites.personal_data import register_site_holding

from .models import ReserveProposal, ReserveSteward

register_site_holding("reserves", ReserveSteward, ReserveProposal)

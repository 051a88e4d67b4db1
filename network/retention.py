"""Records of the network are kept: states, partners, programmes, documents."""

from history.retention import PUBLIC, keep

from .models import Document, MemberState, PageText, Partner, Programme, ProgrammePartner

keep(
    MemberState, Partner, Partner.member_states.through, Programme, ProgrammePartner, Document, PageText, because=PUBLIC, people=False
)  # fmt: skip

"""What a mail server's refusal says about an address: that it does not exist, that it cannot take mail now, or nothing.

The enhanced status code (RFC 3463) decides if it says anything and the words do not speak against it; else the words. A bare
550 is what servers answer for any reason: in doubt a refusal says nothing about the address, since a reader must not be
switched off because a filter took us for somebody else.
"""

import re
from typing import Final

from ..models import Bounce

HARD, SOFT, POLICY = Bounce.Kind.HARD, Bounce.Kind.SOFT, Bounce.Kind.POLICY

# Neither a part of an IP address ("[5.1.1.7] is blocked") nor of a longer number.
_STATUS: Final = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_REPLY: Final = re.compile(r"(?:^|;|\s)([45]\d\d)(?=[ \-]|$)")
_DETAILS: Final = {
    ("1", "7"): POLICY,  # 5.1.7 and 5.1.8 are about the sender's address
    ("1", "8"): POLICY,
    ("2", "1"): HARD,  # the mailbox is closed
    ("2", "3"): POLICY,  # this message is too long for it
    ("3", "4"): POLICY,  # as above, for the system
}
# By the second figure: address, mailbox, mail system, routing; what is left is protocol, content and policy.
_SUBJECTS: Final = {"1": HARD, "2": SOFT, "3": SOFT, "4": SOFT, "5": POLICY, "6": POLICY, "7": POLICY}
_OF_MAILBOX: Final = re.compile(
    r"quota|\bfull\b|insufficient (?:system )?storage|storage (?:limit|allocation)", re.IGNORECASE
)
_OF_POLICY: Final = re.compile(
    r"spam|\bspm\b|junk|virus|malware|phish|block|black ?list|\b[a-z]*bl\b|reputation|polic(?:y|ies)|\bdmarc|\bspf\b|\bdkim|"
    r"content|frequen|limit|denied|relay|banned|suspic|suspect|attack|not allowed|unsolicited|too (?:large|big|many)|authenti|"
    r"sender|\bheader|\bfrom:|[\"']from[\"']|\bmail from\b|\bfrom (?:address|domain|field)|by (?:the )?recipients?\b|\bhelo\b|\behlo\b|"
    r"\bptr\b|reverse dns|\brdns\b|forged|spoof|unauthori|prohibit|restrict|security|abus|filter|quarantine|"
    r"in reply to (?:end of )?data|垃圾|拒收|频率|спам",
    re.IGNORECASE,
)
_OF_NOW: Final = re.compile(r"(?:try|retry) (?:again |it )?later|temporar|timed? ?out|retry time", re.IGNORECASE)
_OF_ADDRESS: Final = re.compile(
    r"(?:user|mailbox|recipient|address|account|domain|reader)\b.{0,60}?"
    r"(?:not (?:be )?found|unknown|does ?n[o']t exist|not exist|invalid|not valid|unavailable|disabled|no longer|inactive|"
    r"deactivated|closed|deleted|not known|not local|not our)"
    r"|(?:no such|unknown|invalid|non-?existent|unrout(?:e)?able|not a (?:known|valid)) "
    r"(?:user|mailbox|recipient|reader|person|address|account|domain|local)"
    r"|(?:用户|收件人|邮箱|地址|帐号|账号).{0,10}(?:不存在|未找到)|无此用户|пользователь не найден|нет такого (?:пользователя|ящика)"
    r"|宛先不明|존재하지 않는",
    re.IGNORECASE,
)
_WORDS: Final = ((SOFT, _OF_MAILBOX), (POLICY, _OF_POLICY), (SOFT, _OF_NOW), (HARD, _OF_ADDRESS))


def kind_of_refusal(words: str) -> Bounce.Kind:
    """Of a permanent refusal, in the server's words: `550 5.1.1 No such user`, `smtp; 552 5.2.2 Mailbox full`."""
    kind = _by_status(words) or _by_words(words) or _by_status(words, exact=False)
    if kind == HARD and _OF_POLICY.search(words) and not _OF_ADDRESS.search(words):
        return POLICY
    return kind or (SOFT if _reply(words).startswith("4") else POLICY)


def names_a_reason(words: str) -> bool:
    """Whether the words hold a code of a server or say why themselves, so that nobody else's opinion is needed."""
    return bool(_STATUS.search(words) or _reply(words) or _by_words(words))


def _by_status(words: str, *, exact: bool = True) -> Bounce.Kind | None:
    """By the first enhanced status code that says something. An exact one ends in a detail: 5.1.0 is used for anything."""
    for group, subject, detail in _STATUS.findall(words):
        kind = _DETAILS.get((subject, detail)) or _SUBJECTS.get(subject)
        if kind and (detail != "0" or not exact):
            return SOFT if kind == HARD and group == "4" else kind
    return None


def _by_words(words: str) -> Bounce.Kind | None:
    kind = next((kind for kind, pattern in _WORDS if pattern.search(words)), None)
    return SOFT if kind == HARD and _reply(words).startswith("4") else kind


def _reply(words: str) -> str:
    found = _REPLY.search(words)
    return found[1] if found else ""

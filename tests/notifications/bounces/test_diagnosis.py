"""What a refusal says about an address, in the words of servers as they are."""

import pytest

from notifications.bounces.diagnosis import kind_of_refusal

REFUSALS = [
    # The address does not exist
    ("550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown in local recipient table", "hard"),
    ("550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking", "hard"),
    ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "hard"),
    ("550 5.2.1 The email account that you tried to reach is inactive.", "hard"),
    ("550 5.5.0 Requested action not taken: mailbox unavailable", "hard"),
    ("550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&no=1000728", "hard"),
    ("550 User not found: gone@163.com", "hard"),
    ("550 5.0.0 no such user", "hard"),
    ("550 no such reader", "hard"),
    ("smtp; 550 5.1.1 No such user", "hard"),
    ("Unrouteable address", "hard"),
    # Not now
    ("552 5.2.2 Mailbox full", "soft"),
    ("smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException", "soft"),
    ("552 Requested mail action aborted: exceeded storage allocation", "soft"),
    ("550 mailbox size limit: over quota", "soft"),
    ("5.4.7 (unable to deliver this message after 5 days)", "soft"),
    ("554 5.4.4 Host or domain name not found. Name service error for name=gone.example type=MX", "soft"),
    ("450 4.1.1 <new@example.org>: Recipient address rejected: unverified address", "soft"),
    ("451 4.3.0 Temporary lookup failure", "soft"),
    # Nothing about the address
    ("550 5.7.1 Message rejected as spam by Content Filtering.", "policy"),
    ("550-5.7.26 Unauthenticated email from portal.example is not accepted due to domain's DMARC policy.", "policy"),
    ("554 5.7.1 Service unavailable; Client host [5.1.1.7] blocked using zen.spamhaus.org", "policy"),
    ("550 Client host [5.1.1.7] blocked using bl.example", "policy"),
    ("554 Client host [192.5.1.1] rejected", "policy"),
    ("550 Connection frequency limited. http://service.mail.qq.com", "policy"),
    ("550 Mail content denied. http://service.mail.qq.com", "policy"),
    ("554 DT:SPM 163 smtp11,D8CowABnO, please see http://mail.163.com/help/help_spam_16.htm", "policy"),
    ("553 5.1.8 <secretariat@portal.example>... Domain of sender address does not exist", "policy"),
    ("550 5.1.0 Address rejected: sender is blocked", "policy"),
    ("552 5.3.4 Message size exceeds fixed limit", "policy"),
    ("552 5.2.3 Message length exceeds administrative limit", "policy"),
    ("550 5.6.1 Unsupported charset", "policy"),
    ("503 5.5.1 Error: need RCPT command", "policy"),
    ("554 Transaction failed", "policy"),
    # A bare 550 says nothing of the address, nor does a status that the words speak against
    ("550 Suspected bounce attacks", "policy"),
    ("550 Mail is rejected by recipients", "policy"),
    ('550 The "From" header is missing or invalid', "policy"),
    ("550 5.1.1 Suspected bounce attacks", "policy"),
    ("550 Invalid HELO host", "policy"),
    ("550 From address domain does not exist", "policy"),
    ("550 Administrative prohibition", "policy"),
    ("550 Rejected", "policy"),
    ("550", "policy"),
    ("550 垃圾邮件", "policy"),
    ("550 Sender address has no MX (in reply to MAIL FROM command)", "policy"),
    ("550 Too many invalid recipients from your host", "policy"),
    ("550 5.1.1 <gone@example.org>: User unknown; see our policy", "hard"),
    ("550 收件人不存在", "hard"),
    ("550 Account has been deactivated", "hard"),
    ("551 User not local; please try another server", "hard"),
    ("two@@example.org is no address that a server is asked about", "policy"),
    ("", "policy"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kind"), REFUSALS)
def test_refusal_says_of_the_address(words: str, kind: str) -> None:
    assert kind_of_refusal(words) == kind

"""Which mails a reader wants, chosen signed in or by the link of a mail."""

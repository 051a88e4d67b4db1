"""How the supervisor ends before its time."""


class Refused(Exception):  # noqa: N818 - says what happens, like StopIteration
    """The portal cannot start or go on. The message is one or a few clear lines for the person at the terminal."""


class Stopped(Exception):  # noqa: N818 - an answer, not an error
    """Somebody asked the portal to stop while it was still starting."""

"""The catalogues of the interface's words, compiled in Python: a machine that runs the portal need not have msgfmt.

Each start of the portal does it; `python -m eabrn_portal.catalogues locale` where the portal may not write into its own code.
"""

import logging
import os
import secrets
import sys
from pathlib import Path

import polib

logger = logging.getLogger(__name__)


def bring_up_to_date(places: list[Path]) -> list[Path]:
    """Compiles every catalogue that is newer than its compiled form; gives those it compiled.

    Several processes may start at once: each writes a file of its own and puts it in place as the last step. Where nothing
    can be written, the catalogues stay as they are.
    """
    compiled = []
    for source in sorted(path for place in places for path in place.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = target.with_suffix(f".{secrets.token_hex(4)}")
        try:
            polib.pofile(str(source)).save_as_mofile(str(unfinished))
            os.replace(unfinished, target)
        except OSError as fault:
            logger.warning("%s could not be compiled: %s", source, fault)
        else:
            compiled.append(target)
    return compiled


if __name__ == "__main__":
    bring_up_to_date([Path(place) for place in sys.argv[1:]])

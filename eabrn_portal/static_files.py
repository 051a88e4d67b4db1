"""How static files are kept: compressed, with a hash of their content in the name."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A script that imports another names it by its hash too, so that no browser mixes two releases."""

    support_js_module_import_aggregation = True

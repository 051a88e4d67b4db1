"""Work that takes longer than somebody waits for a page: asked for here, done by the worker, watched on a page of its own."""

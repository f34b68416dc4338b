"""The page: the archive to read and review in a browser, the same verbs over HTTP."""

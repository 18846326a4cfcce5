"""Makes the guide: pages of reference, pages for the browser, pictures.

``docs`` holds the guide as Markdown, a folder a language. ``python -m addin.guide``
writes what follows from the code: the pages of reference there
(:mod:`addin.guide.reference`) and all pages as HTML in addin/help
(:mod:`addin.guide.site`), which the wheel carries; ``--pictures`` makes the pictures
of the sheets anew (:mod:`addin.guide.pictures`). The package does not carry this folder.
"""

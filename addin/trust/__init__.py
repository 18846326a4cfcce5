"""Why anybody should believe the classes, worked out from the scored workbook: one module an answer.

Which answers there are stands in :mod:`addin.workbook.uses`, among the uses of
the menu ``trust``; a module here joins what a workbook says to what
:mod:`scoring.trust` works out of it, as :mod:`addin.uses` does for what the
classes are for.
"""

"""A draft and a stamp become the bytes of a PDF. The only package that knows ReportLab.

Pure: the same draft and stamp give the same bytes. Every string is escaped in one place (`markup`).
"""

from breachdesk.documents.pdf.render import render

__all__ = ["render"]

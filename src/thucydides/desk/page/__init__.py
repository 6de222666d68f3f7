"""The page: reports and their claims as one HTML file that needs no network.

In: reports with their claims, and a way to ask for towns near a point. Out: the file's text. Words of reports enter it as text only,
and a content security policy lets nothing run but the page's own script.
"""

from thucydides.desk.page.sheet import page

__all__ = ["page"]

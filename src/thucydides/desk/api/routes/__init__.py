"""The routes, by what they are about."""

from __future__ import annotations

from thucydides.desk.api.routes import base, incidents, page, reports, state

ROUTERS = (state.router, incidents.router, reports.router, base.router, page.router)
"""All routers; the page answers whatever no other does."""

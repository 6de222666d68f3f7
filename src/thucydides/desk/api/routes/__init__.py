"""The routes, by what they are about."""

from __future__ import annotations

from thucydides.desk.api.routes import adding, base, control, finding, incidents, page, profiles, reports, state

ROUTERS = (
    state.router,
    incidents.router,
    reports.router,
    profiles.router,
    control.router,
    finding.router,
    adding.router,
    base.router,
    page.router,
)
"""All routers; the page answers whatever no other does."""

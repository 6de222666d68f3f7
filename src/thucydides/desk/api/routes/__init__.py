"""The routes, by what they are about."""

from __future__ import annotations

from thucydides.desk.api.routes import adding, base, control, docs, finding, forms, incidents, page, plain, profiles, reports, state

ROUTERS = (
    state.router,
    forms.router,
    docs.router,
    incidents.router,
    plain.router,
    reports.router,
    profiles.router,
    control.router,
    finding.router,
    adding.router,
    base.router,
    page.router,
)
"""All routers; the page answers whatever no other does."""

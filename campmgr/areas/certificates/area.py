"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="certificates",
    title="证书",
    uses=("units", "camp", "people", "hours"),
    sort="camp",
    schemas=(
        Schema("certificates 1", __package__),
        Schema("certificates views 1", __package__, "views.sql"),
        Schema("certificates 2", __package__, "schema_2.sql"),
        Schema("certificates 3", __package__, "schema_3.sql"),
    ),
    kinds="campmgr.areas.certificates.kinds:KINDS",
    folds="campmgr.areas.certificates.fold:FOLDS",
    world="campmgr.areas.certificates.world:WORLD",
    matters="campmgr.areas.certificates.matters:MATTERS",
    lists="campmgr.areas.certificates.queries.listed:LISTS",
    acts="campmgr.areas.certificates.actions.list_acts:ACTS",
    settings="campmgr.areas.certificates.settings:SECTIONS",
    pages=(
        "campmgr.areas.certificates.pages.check:area",
        "campmgr.areas.certificates.pages.certificates:area",
        "campmgr.areas.certificates.pages.at_desk:area",
        "campmgr.areas.certificates.pages.revoking:area",
        "campmgr.areas.certificates.pages.design:area",
        "campmgr.areas.certificates.pages.printing:area",
    ),
    links=(
        Link("top", 40, "certificate.check", "查证书"),
        Link("desk", 72, "desk_certificates.page", "证书", "write", group="人员"),
        Link("office", 70, "office_certificates.certificates", "证书"),
    ),
    commands=(
        Command("certificates", "结业证书：签发、打印、查验、撤销、换发", "campmgr.areas.certificates.commands.trust:certificates"),
    ),
)

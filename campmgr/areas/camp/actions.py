"""Opening a camp, and changing its rules and lessons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from campmgr.areas.activities.actions import amend, checked_code, decided, opening_draft
from campmgr.areas.units.rules.preset_units import PresetUnit, preset_ids, preset_units
from campmgr.areas.units.settings import RollUp
from campmgr.clock import Clock, today_of
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import CAMP as SORT
from campmgr.facts.catalogue import Catalogue, catalogue
from campmgr.facts.recovery import Recovery, close_secret, new_recovery
from campmgr.facts.rootship import campaign_id
from campmgr.facts.saying import record, say
from campmgr.facts.secret import keep_key
from campmgr.ids import random_key
from campmgr.ledger.envelope import CAMP, Draft, Fact, subject
from campmgr.settings.reading import plain
from campmgr.settings.rules import Rules
from campmgr.store import data_file
from campmgr.store.door import Store, Writer
from campmgr.store.ledger import own_key, own_sealing_key


def open_camp(
    path: Path, preset: str, plan: Catalogue, clock: Clock | None = None, recovery: Recovery | None = None,
    units: tuple[PresetUnit, ...] = (), code: str = "",
) -> Store:  # fmt: skip
    """A new data file with a new camp; this file is its root, with every grant (docs/ledger.md#trust).

    A preset of another sort makes a root without a camp, and its first activity, under `code`, else the preset's name.

    `units`, root first, take the place of those that the preset brings.

    `recovery`: the key whose paper the caller hands out; without it one is made that nobody has (docs/ledger.md#recovery).

    The resolved rules and their digest go into the ledger, so that a later preset changes nothing here (docs/ledger.md#presets).
    Raises BadInput for an unknown preset, for a camp's code that is another than its own, or when the file exists.
    """
    if plan.sort_of(preset) == SORT:
        if code not in {"", SORT}:
            raise BadInput(
                "与数据文件一起开的训练营，代码固定为 camp。", reason="bad_code", hint="请去掉代码；以后再开的可以另取代码。"
            )
        rules, activity = plan.book.preset(preset), None
    else:
        rules, activity = plan.root_rules(preset), plan.activity_rules(preset)
        code = checked_code(code or preset)
    units = units or preset_units(rules)
    store = data_file.create(path, plan, clock)
    try:
        with store.writing() as w:
            name = str((activity or rules).value_of(plan.sorts[plan.sort_of(preset)].named_by))
            drafts = _opening(w, name, rules, units, recovery or new_recovery())
            if activity:
                drafts.append(opening_draft(w, w.meta("campaign"), activity, plan.sort_of(preset), code, "", "host"))
            record(w, drafts)
    except BaseException:
        data_file.discard(store)
        raise
    data_file.leave_marker(store)
    return store


def _opening(w: Writer, name: str, rules: Rules, units: tuple[PresetUnit, ...], recovery: Recovery) -> list[Draft]:
    key, secret = own_key(w), random_key()
    campaign = campaign_id(key.public, recovery.nonce)
    w.set_meta("campaign", campaign)
    ids = preset_ids(units, campaign)
    root = ids[units[0].code]
    keep_key(w, root, secret)
    opened = {
        "name": name, "root_key": key.public, "sealing_key": own_sealing_key(w).public,
        "recovery_key": recovery.signing.public, "recovery_sealing_key": recovery.sealing.public,
        "secret": close_secret(campaign, recovery.sealing.public, secret), "root_unit": root, "province": root,
        "rules": rules.to_mapping(), "rules_digest": rules.digest(),
    }  # fmt: skip
    today = today_of(w.clock)
    away = set(rules[RollUp].not_participating)
    return [
        Draft("", "campaign_opened", CAMP, opened, happened_on=today),
        *(
            Draft(root, "unit_added", subject("unit", ids[unit.code]), _unit_body(unit, ids, unit.code not in away))
            for unit in units
        ),
    ]


def _unit_body(unit: PresetUnit, ids: Mapping[str, str], participating: bool) -> dict[str, object]:  # noqa: FBT001 - one place
    return {
        "code": unit.code, "name": unit.name, "kind": unit.kind, "parent": ids[unit.parent] if unit.parent else None,
        "line": unit.line or None, "expected": None, "participating": participating, "nonce": "",
    }  # fmt: skip


def amend_rule(w: Writer, key: str, text: str, reason: str = "", actor: str = "") -> Fact | None:
    """Change one setting for everyone, from now on visible in the ledger; None when it already says so.

    Raises BadInput for an unknown key or value, NotAllowed on a node that is not the camp's root.
    """
    return amend_rules(w, {key: text}, reason, actor)


def amend_rules(w: Writer, typed: Mapping[str, str], reason: str = "", actor: str = "") -> Fact | None:
    """Change settings that belong together, in one fact; as `amend_rule` otherwise."""
    world = worlds.load(w)
    if (camp := world.activities.get(world.activity)) is not None:
        return amend(w, camp, typed, reason, actor)
    for key in typed:
        catalogue(w).root_book.sections.known(key)  # where there is no camp, nobody sets what only camps have
    changed = decided(world.rules, typed)
    changes = {key: plain(changed.value_of(key)) for key in typed if changed.value_of(key) != world.rules.value_of(key)}
    if not changes:
        return None
    body = {"changes": changes, "rules_digest": changed.digest(), "reason": reason}
    return say(w, [Draft("", "rules_amended", CAMP, body, actor=actor)])[0].fact

"""Opening a camp, and changing its rules and lessons."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from campmgr.areas.camp.settings import Camp
from campmgr.areas.units.rules import PresetUnit, preset_ids, preset_units
from campmgr.areas.units.settings import RollUp
from campmgr.clock import Clock, today_of
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import Catalogue, catalogue
from campmgr.facts.recovery import Recovery, close_secret, new_recovery
from campmgr.facts.rootship import campaign_id
from campmgr.facts.saying import record, say
from campmgr.facts.secret import keep_key
from campmgr.ids import hash_id, random_key
from campmgr.ledger.envelope import CAMP, Draft, Fact, subject
from campmgr.settings.reading import plain
from campmgr.settings.rules import Rules
from campmgr.store import data_file
from campmgr.store.door import Store, Writer
from campmgr.store.ledger import own_key, own_sealing_key

LONGEST_CODE = 40
"""Characters of an activity's code."""


def open_camp(
    path: Path, preset: str, plan: Catalogue, clock: Clock | None = None, recovery: Recovery | None = None,
    units: tuple[PresetUnit, ...] = (),
) -> Store:  # fmt: skip
    """A new data file with a new camp; this file is its root, with every grant (docs/ledger.md#trust).

    `units`, root first, take the place of those that the preset brings.

    `recovery`: the key whose paper the caller hands out; without it one is made that nobody has (docs/ledger.md#recovery).

    The resolved rules and their digest go into the ledger, so that a later preset changes nothing here (docs/ledger.md#presets).
    Raises BadInput for an unknown preset or when the file exists.
    """
    rules = plan.book.preset(preset)
    units = units or preset_units(rules)
    store = data_file.create(path, plan, clock)
    try:
        with store.writing() as w:
            record(w, _opening(w, rules, units, recovery or new_recovery()))
    except BaseException:
        data_file.discard(store)
        raise
    data_file.leave_marker(store)
    return store


def _opening(w: Writer, rules: Rules, units: tuple[PresetUnit, ...], recovery: Recovery) -> list[Draft]:
    key, secret = own_key(w), random_key()
    campaign = campaign_id(key.public, recovery.nonce)
    w.set_meta("campaign", campaign)
    ids = preset_ids(units, campaign)
    root = ids[units[0].code]
    keep_key(w, root, secret)
    opened = {
        "name": rules[Camp].name, "root_key": key.public, "sealing_key": own_sealing_key(w).public,
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


def open_activity(w: Writer, preset: str, code: str, actor: str = "") -> str:
    """Open the next camp beside those before, with the same people, units and accounts, and hours from zero; its id.

    From then on it is the camp that is going on. Opening the same code again changes nothing. Raises BadInput for an unknown preset
    or a code that is none, NotAllowed on a node that is not the root.
    """
    if not code.strip() or len(code) > LONGEST_CODE:
        raise BadInput(f"活动代码要有 1–{LONGEST_CODE} 个字。", reason="bad_code", hint="例如 2024。")
    rules, activity = catalogue(w).book.preset(preset), hash_id(w.meta("campaign"), "activity", code.strip())
    body = {"code": code.strip(), "sort": "camp", "name": rules[Camp].name, "rules": rules.to_mapping(),
            "rules_digest": rules.digest()}  # fmt: skip
    say(w, [Draft("", "activity_opened", worlds.subject_of(activity), body, actor=actor, client_id=activity)])
    return activity


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
    before = changed = world.rules
    for key, text in typed.items():
        changed = changed.with_change(key, text)
    changes = {key: plain(changed.value_of(key)) for key in typed if changed.value_of(key) != before.value_of(key)}
    if not changes:
        return None
    body = {"changes": changes, "rules_digest": changed.digest(), "reason": reason}
    return say(w, [Draft("", "rules_amended", worlds.subject_of(world.activity), body, actor=actor)])[0].fact

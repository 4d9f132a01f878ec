"""How each form that is sent keeps people from doing what they did not mean: three tables that `test_ways` walks, of which one
names every view that takes a POST (docs/add-a-page.md#an-act-that-stays).

**Looked at first**, **taken back by one press**, or **harmless**, with why. `SHOWN` names those that besides carry what they were
drawn for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Previewed(NamedTuple):
    """An act that stays, and is looked at on a page before it: sent by whom, where to, with what, it is shown and not done."""

    who: str
    path: str
    typed: dict[str, str] = {}  # noqa: RUF012 - never written to


@dataclass(frozen=True)
class Elsewhere:
    """What is tried by a test of its own: the file's path below tests/ and the test's name."""

    file: str
    test: str


DESK, OFFICE, LIST = "/desk/units/3501-X1", "/office", "/office/prizes/1"

PREVIEWED: dict[str, Previewed | Elsewhere] = {
    "activity_rules.amend": Elsewhere("activities/test_activity_pages.py", "test_a_rule_is_amended_after_what_stays_was_shown"),
    "office_activities.close": Previewed("root", f"{OFFICE}/a/camp/close", {"sure": "1", "reason": "试"}),
    "office_awards.frozen": Elsewhere("judging/test_award_pages.py", "test_a_list_is_looked_at_and_frozen"),
    "award_lists.amended": Elsewhere("judging/test_award_pages.py", "test_a_gold_is_taken_back_after_what_changes_was_shown"),
    "award_lists.put_up": Elsewhere("judging/test_award_pages.py", "test_a_list_is_put_up_objected_to_answered_and_taken_down"),
    "judging_acts.assigned": Elsewhere("judging/test_judging_pages.py", "test_a_new_judge_is_named_bound_and_given_works"),
    "judging_acts.opened": Elsewhere(
        "judging/test_judging_pages.py", "test_a_round_is_opened_after_a_look_and_says_by_whom_and_why"
    ),
    "correcting.withdrawn": Elsewhere("points/test_points_pages.py", "test_an_item_is_withdrawn_with_all_said_of_it"),
    "office_bulletins.amended": Elsewhere("points/test_points_pages.py", "test_a_bulletin_is_looked_at_frozen_and_amended"),
    "office_bulletins.frozen": Elsewhere("points/test_points_pages.py", "test_a_bulletin_is_looked_at_frozen_and_amended"),
    "drafts.keep": Elsewhere("drafts/test_drafts.py", "test_a_laptop_that_nobody_takes_in_keeps_its_drafts_as_its_own_camp"),
    "drafts.leave": Elsewhere("drafts/test_drafts.py", "test_the_request_is_let_go_with_the_drafts"),
    "my_leaving.end_others": Previewed("nobody", "{own}/others/end"),
    "my_leaving.leave": Previewed("nobody", "{own}/leave", {"sure": "1"}),
    "office.ask_closing": Previewed("root", f"{OFFICE}/accounts/{{equal}}/ask-closing", {"sure": "1"}),
    "office.close": Previewed("root", f"{OFFICE}/accounts/{{lower}}/close", {"sure": "1"}),
    "office_calendar.take": Elsewhere("prizes/test_publicity_pages.py", "test_holidays_are_imported_and_shown"),
    "desk_certificates.issue": Previewed("dora", f"{DESK}/certificates/issue", {"sure": "1"}),
    "desk_certificates.end": Previewed("dora", f"{DESK}/certificates/{{certificate}}/revoke", {"reason": "试"}),
    "office_certificates.issue": Previewed("root", f"{OFFICE}/certificates/issue", {"unit": "3501-X1 演练小学1", "sure": "1"}),
    "office_certificates.revoke": Previewed("root", f"{OFFICE}/certificates/{{certificate}}/revoke", {"reason": "试"}),
    "office_drafts.bring": Elsewhere("drafts/test_drafts.py", "test_all_of_it_can_be_taken_back_at_once"),
    "office_drafts.drop": Elsewhere("drafts/test_drafts.py", "test_drafts_can_be_dropped_after_all"),
    "office_enrolling.agree": Elsewhere(
        "nodes/test_nodes_pages.py", "test_a_grant_goes_back_as_a_file_and_what_is_written_there_comes_up"
    ),
    "office_circulars.published": Previewed("root", f"{OFFICE}/reports/circulars/publish", {"as_of": "", "sure": "1"}),
    "office_freezing.freeze": Previewed("root", f"{OFFICE}/prizes/freeze", {"at": "2023-06-09 12:00", "sure": "1", "reason": "试"}),
    "office_freezing.void": Previewed("root", f"{LIST}/void", {"sure": "1", "reason": "试"}),
    "office_import.commit": Elsewhere("desks/test_import_flow.py", "test_what_would_change_is_shown_from_old_to_new"),
    "office_look.remove_seal": Elsewhere("certificates/test_design_pages.py", "test_a_seal_is_kept_here_and_removed_again"),
    "inviting.invite": Elsewhere(
        "accounts/test_inviting_many.py", "test_rows_become_invitations_with_a_link_each_and_one_press_ends_them"
    ),
    "list_acts.do": Elsewhere("lists/test_list_acts.py", "test_what_changed_after_the_look_is_looked_at_again"),
    "closing_units.close": Previewed("root", f"{OFFICE}/units/3501-X1/close", {"sure": "1", "reason": "试"}),
    "office_round_trip.take": Elsewhere(
        "units/test_round_trip.py", "test_nothing_is_written_where_something_changed_after_the_look"
    ),
    "office_merging.merge": Previewed("root", f"{OFFICE}/units/3501-X1/merge", {"other": "3501-X2 演练小学2", "sure": "1"}),
    "office_nodes.revoke_sent": Elsewhere("nodes/test_nodes_pages.py", "test_revoking_shows_whom_the_node_enrolled_all_ticked"),
    "office_objections.answer": Previewed("root", f"{LIST}/objections/{{objection}}", {"upheld": "yes", "words": "核实后成立"}),
    "office_objections.log": Previewed(
        "root", f"{LIST}/objections", {"on": "2023-06-10", "way": "来信", "work": "", "matter": "名次有误", "sure": "1"}
    ),
    "office_packs.accept": Elsewhere("nodes/test_nodes_pages.py", "test_receipts_go_both_ways_and_the_page_tells_what_has_arrived"),
    "office_publicity.amended": Previewed("root", f"{LIST}/amend/before", {"strike": "{listed}", "sure": "1", "reason": "试"}),
    "office_publicity.put_up": Previewed(
        "root", f"{LIST}/put-up", {"starts_on": "2023-06-10", "days": "5", "counted": "working", "sure": "1"}
    ),
    "office_publicity.taken_down": Previewed("root", f"{LIST}/take-down", {"sure": "1", "reason": "试"}),
    "office_retention.erase": Elsewhere(
        "desks/test_retention.py", "test_it_is_looked_at_first_then_names_go_and_every_total_stays"
    ),
    "office_recovery.replaced": Elsewhere(
        "nodes/test_recovery_pages.py", "test_nothing_is_replaced_without_the_old_sheet_and_a_printed_new_one"
    ),
    "erasing.erase": Previewed("dora", "/desk/people/{person}/erase", {"sure": "1", "reason": "试"}),
    "person.part": Elsewhere("people/test_codes_pages.py", "test_two_records_are_compared_merged_and_parted"),
    "person_links.renew": Previewed("dora", "/desk/people/{person}/link/renew"),
    "review.merge": Previewed("dora", f"{DESK}/review/merge", {"one": "{person}", "other": "{twin}", "sure": "1"}),
    "revoking.commit": Elsewhere("certificates/test_revoking_pages.py", "test_a_list_is_looked_at_and_then_revoked_once"),
    "revoking.reissue": Previewed("root", f"{OFFICE}/certificates/{{certificate}}/reissue", {"sure": "1", "reason": "试"}),
    "setup.set_up_sent": Elsewhere("desks/test_setup.py", "test_the_steps_show_every_rule_and_ask_every_open_question"),
    "many_sheets.commit": Elsewhere("desks/test_many_files.py", "test_many_files_are_looked_at_and_imported_from_the_page"),
    "sheets.commit": Elsewhere("desks/test_sheets_pages.py", "test_a_preview_writes_nothing_and_the_commit_takes_the_same_rows"),
}
"""Views of acts that stay: sent without what was shown before, they show it and do nothing."""

UNDONE: dict[str, Elsewhere | None] = {
    "entries.add": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "entries.change": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "entries.drop": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "handins.close": Elsewhere("entries/test_entry_pages.py", "test_a_unit_closes_its_batch_and_takes_that_back_in_one_press"),
    "handins.reopen": Elsewhere("entries/test_entry_pages.py", "test_a_unit_closes_its_batch_and_takes_that_back_in_one_press"),
    "entry_files.attach": Elsewhere(
        "entries/test_entry_files_page.py", "test_a_file_is_attached_judged_opened_and_taken_off_in_the_browser"
    ),
    "large_files.sent": Elsewhere(
        "entries/test_entry_files_page.py", "test_a_file_comes_in_parts_and_is_whole_before_it_is_attached"
    ),
    "entry_files.agreements": Elsewhere(
        "entries/test_agreements.py", "test_each_text_has_its_box_kept_with_version_and_time_and_taken_back_in_one_press"
    ),
    "entry_files.drop": Elsewhere(
        "entries/test_entry_files_page.py", "test_a_file_is_attached_judged_opened_and_taken_off_in_the_browser"
    ),
    "late_batches.take": Elsewhere(
        "entries/test_entry_pages.py", "test_the_host_takes_a_late_batch_on_a_page_and_that_is_taken_back_in_one_press"
    ),
    "screening.say": Elsewhere(
        "entries/test_entry_pages.py", "test_the_host_screens_several_at_once_and_takes_it_back_in_one_press"
    ),
    "office_awards.noted": Elsewhere("judging/test_award_pages.py", "test_a_note_is_taken_back_in_one_press"),
    "award_nominees.noted": Elsewhere("judging/test_nominee_pages.py", "test_who_gets_it_is_said_and_taken_back_in_one_press"),
    "award_nominees.rated": Elsewhere("judging/test_nominee_pages.py", "test_points_are_given_and_taken_back_in_one_press"),
    "award_lists.task_set": Elsewhere("judging/test_award_pages.py", "test_a_gold_is_taken_back_after_what_changes_was_shown"),
    "host_files.commit": Elsewhere("judging/test_hosts_below.py", "test_a_county_hosts_and_takes_its_sheets_in_on_a_page"),
    "office_judging.named": Elsewhere("judging/test_judging_pages.py", "test_presses_of_the_office_are_taken_back_in_one"),
    "office_judging.begin": Elsewhere("judging/test_judging_pages.py", "test_presses_of_the_office_are_taken_back_in_one"),
    "office_rounds.recusal": Elsewhere("judging/test_judging_pages.py", "test_presses_of_the_office_are_taken_back_in_one"),
    "carrying_over.carry": Elsewhere("camp/test_carried_over_pages.py", "test_a_class_is_carried_over_and_taken_back_in_one_press"),
    "codes.make": None,
    "codes.make_below": Elsewhere(
        "desks/test_certificates_at_desk.py", "test_codes_are_made_for_all_below_and_taken_back_together"
    ),
    "entrants.decide": Elsewhere("people/test_entering.py", "test_the_teacher_nods_and_one_press_takes_it_back"),
    "reporting.add": Elsewhere("points/test_points_pages.py", "test_a_correspondent_sees_the_week_and_reports"),
    "reporting.adopted": Elsewhere("points/test_points_pages.py", "test_every_point_of_an_item_opens"),
    "office_standings.bonus": Elsewhere("points/test_points_deciding.py", "test_a_bonus_is_given_cancelled_and_taken_back"),
    "office_standings.cancel": Elsewhere("points/test_points_deciding.py", "test_a_bonus_is_given_cancelled_and_taken_back"),
    "office_standings.excused": Elsewhere("points/test_points_deciding.py", "test_a_unit_is_excused_from_a_week_and_not"),
    "correcting.corrected": Elsewhere("points/test_points_pages.py", "test_a_returned_item_is_corrected_and_waits_again"),
    "office_passing.decide": Elsewhere("points/test_points_pages.py", "test_the_last_stage_is_the_hosts_own"),
    "passing.decide": Elsewhere("points/test_points_pages.py", "test_several_are_passed_after_a_count_and_taken_back_in_one_press"),
    "office_points.class_outlet": Elsewhere("points/test_points_pages.py", "test_an_outlet_is_classed_and_an_adoption_settled"),
    "handover.proposed": Elsewhere("points/test_handover.py", "test_a_unit_proposes_its_posts_agree_and_each_step_is_taken_back"),
    "handover.agreed": Elsewhere("points/test_handover.py", "test_a_unit_proposes_its_posts_agree_and_each_step_is_taken_back"),
    "office_noted.answered": Elsewhere("points/test_noted.py", "test_the_office_says_of_which_item_it_is_and_takes_it_back"),
    "office_points.settle_one": Elsewhere("points/test_points_pages.py", "test_an_outlet_is_classed_and_an_adoption_settled"),
    "venues.add": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "venues.change": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "venues.drop": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "violations.add": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "violations.change": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "violations.drop": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "opinion_leads.add": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "opinion_leads.change": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "opinion_leads.drop": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "outlets.add": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "outlets.change": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "outlets.drop": Elsewhere(
        "inventories/test_inventory_pages.py", "test_a_row_is_added_found_changed_dropped_and_each_press_is_taken_back"
    ),
    "duties.end": Elsewhere("duties/test_duties.py", "test_on_the_desk_a_duty_is_given_ended_and_taken_back"),
    "duties.give": Elsewhere("duties/test_duties.py", "test_on_the_desk_a_duty_is_given_ended_and_taken_back"),
    "codes.revoke": None,
    "declarations.decide": None,
    "lesson_stories.settle": None,
    "marking.record": Elsewhere(
        "hours/test_class_marking_pages.py", "test_what_was_marked_is_taken_back_in_one_press_and_can_be_marked_anew"
    ),
    "me.declare": Elsewhere("desks/test_me_pages.py", "test_what_was_just_said_stands_on_top_with_the_press_that_takes_it_back"),
    "me.sign_in": Elsewhere("desks/test_own_sign_in.py", "test_somebody_signs_in_on_their_page_and_takes_it_back"),
    "office.cancel": None,
    "office.invite": None,
    "office.reopen": None,
    "office.reset": None,
    "office_backup.plan": None,
    "office_flags.decide": Elsewhere("works/test_flags_pages.py", "test_a_decision_is_taken_back_in_one_press"),
    "office_flags.decide_event": Elsewhere(
        "works/test_flags_pages.py", "test_all_flags_of_one_reading_are_answered_together_as_many_as_were_shown"
    ),
    "office_lessons.lesson_sent": None,
    "office_lessons.new_sent": None,
    "office_look.confirm": None,
    "office_look.seal": Elsewhere(
        "certificates/test_design_pages.py", "test_a_seal_is_taken_back_in_one_press_and_the_earlier_one_stands"
    ),
    "office_matching.decide": Elsewhere(
        "works/test_matching_pages.py", "test_what_a_row_was_said_to_mean_is_taken_back_in_one_press_and_waits_again"
    ),
    "office_recommendations.said": None,
    "office_review.settle": Elsewhere(
        "desks/test_settling_many.py", "test_one_press_settles_them_as_a_task_and_another_takes_it_back"
    ),
    "office_rules.rule_sent": None,
    "office_summaries.answer": None,
    "closing_units.open_again": Elsewhere(
        "units/test_counts_and_closing.py", "test_what_stands_below_is_closed_with_it_and_opened_with_it"
    ),
    "office_units.add_sent": None,
    "office_units.change_sent": None,
    "office_units.move_sent": None,
    "office_works.judge": None,
    "paper.save": Elsewhere("hours/test_paper_pages.py", "test_a_batch_from_paper_can_be_taken_back_and_typed_again"),
    "person.change_details": None,
    "person.correct": None,
    "person.restore": Elsewhere("desks/test_people_pages.py", "test_what_somebody_withdrew_is_named_and_brought_back_in_one_press"),
    "person.mark": None,
    "person.sign_in": None,
    "families.sign_in": Elsewhere("desks/test_families.py", "test_a_missing_sign_in_is_noted_in_the_row_and_taken_back"),
    "person_homes.gone": Elsewhere("people/test_leaving.py", "test_a_page_says_it_and_one_press_takes_it_back"),
    "person_homes.join": None,
    "person_homes.leave": Elsewhere(
        "desks/test_second_units.py", "test_whoever_counts_in_a_second_unit_leaves_it_and_that_is_undone"
    ),
    "person_homes.move": None,
    "person_links.confirm": None,
    "platform_certificates.record": None,
    "review.settle": Elsewhere("desks/test_review.py", "test_an_answer_goes_with_one_press_and_comes_back_with_another"),
    "roster.add": None,
    "sessions.decide": Elsewhere(
        "hours/test_sessions.py", "test_what_was_said_of_names_is_taken_back_in_one_press_and_they_wait_again"
    ),
    "station.scans": Elsewhere("hours/test_station_pages.py", "test_one_scan_is_taken_back_with_a_reason_and_can_be_scanned_again"),
    "requests.send": Elsewhere(
        "requests/test_request_pages.py", "test_it_is_taken_back_in_one_press_by_who_asked_and_by_who_answered"
    ),
    "station.typed": Elsewhere("hours/test_station_pages.py", "test_without_scripts_one_field_takes_a_code_or_a_name"),
    "summary.write": None,
    "own_works.hand_in": Elsewhere("works/test_handing_in.py", "test_it_is_taken_back_in_one_press_until_likes_were_read"),
    "unit_works.hand_in": Elsewhere("works/test_handing_in.py", "test_a_coordinator_hands_in_and_takes_back_in_one_press"),
}
"""Views whose act one press takes back: None where tests/desks/test_undo.py tries it."""

HARMLESS = {
    "award_lists.taken_down": "put up again, it is up again; both stay in the record",
    "award_lists.objected": "an objection that came in stays, and is answered",
    "award_lists.answered": "answered once more, the last answer stands",
    "judging_own.said": "what a judge says is said anew until the round closes, and both stay",
    "office_judging.bound": "of this data file alone; bound once more it is another's",
    "office_rounds.changed": "what stood before stays beside it; setting it so again is the way back",
    "own_works.take_back": "the way back itself; the work can be handed in again",
    "entries.search": "a search",
    "entry_check.judged": "judges what a browser found of a file; nothing is kept",
    "office_passing.chosen": "leads to the page that says how many are passed",
    "passing_paper.printed": "prints a list; nothing is recorded of anybody",
    "passing_paper.find": "leads to the page of a paper",
    "passing_paper.typed": "leads to the page that says how many are passed",
    "passing.chosen": "leads to the page that says how many are passed",
    "venues.search": "looks for something",
    "outlets.search": "looks for something",
    "violations.search": "looks for something",
    "opinion_leads.search": "looks for something",
    "carrying_over.chosen": "leads to what comes of it",
    "me.take_part": "somebody says for themselves that they take part; the coordinator takes it back in their history",
    "activity_opening.begin": "a further activity, which counts nothing until somebody works in it, and can be closed",
    "activity_rules.looked_at": "leads to the page that shows what a change would do",
    "office_activities.reopen": "goes on with what was closed; it can be closed again",
    "account.change_password": "one's own password, told by the old one; the office makes a link for who forgets it",
    "account.close_device": "logs one of one's own browsers out; it logs in again",
    "account.link_used": "opens the account that a link was made for",
    "account.log_in_sent": "logs in",
    "account.log_out": "logs out, after asking what becomes of what was typed",
    "batches.restore": "lets count again what was taken back; its page takes it back once more",
    "batches.undo": "is itself what takes a batch back, from the page that says what it was",
    "cards.ticked": "makes a file",
    "certificate.photo_sent": "looks something up",
    "office_rules.picture_sent": "reads a picture into the form",
    "certificate.sent": "looks something up",
    "desk.take_back_recent": "is itself what takes back one of the acts that the page shows",
    "drafts.begin": "begins drafts on a laptop that waits; they go with the request",
    "exchange.said": "another laptop hands on what it has said; nobody presses anything",
    "entering.opened": "opens a page of somebody who is in",
    "join.own": "opens a page that this browser may open",
    "join.sent": "somebody registers themselves; they leave by their own page",
    "jobs.stop": "stops a task; what it has begun is taken back",
    "joining.answered": "takes in a signed grant on a laptop without records",
    "joining.ask": "asks to join from a laptop without records",
    "joining.leave": "lets go of a request on a laptop without records",
    "me.find_sent": "looks for one's own page",
    "requests.take_back": "what nobody has answered yet; it is asked again on the same page",
    "me.take_back": "is itself what takes a declaration back",
    "me.sign_in_back": "is itself what takes one's signing in back",
    "my_device.asked": "looks something up",
    "my_device.own": "opens a page that this browser may open",
    "office_backup.now": "makes a file",
    "office_backup.try_out": "reads a file",
    "office_calendar.sent": "keeps a file, to be looked at",
    "office_certificates.search": "looks for something",
    "office_drafts.chosen": "says where to bring the drafts, to be looked at",
    "office_enrolling.given": "reads a request, to be looked at",
    "office_import.preview": "keeps a file, to be looked at",
    "host_files.preview": "keeps a file, to be looked at",
    "host_files.rejects": "makes a file",
    "office_round_trip.give": "makes a file",
    "office_round_trip.back": "keeps a file, to be looked at",
    "office_import.rejects": "makes a file",
    "office_packs.make": "makes a file",
    "office_packs.sent": "looks into a pack; a receipt changes no record",
    "office_printing.start": "makes a file",
    "exported.export": "makes a file",
    "inviting.chosen": "leads to the page that says who will be invited",
    "list_acts.chosen": "leads to the page that says what will be done to which rows",
    "office_sync.now": "hands another laptop what it may have anyway, and takes in what any pack may bring",
    "office_sync.plan": "says how often this laptop syncs by itself; the same form says otherwise",
    "paper.make": "prints a list; nothing is recorded of anybody",
    "person.withdraw": "is itself what takes a record back, with a reason, from the page that shows just that record",
    "person_looks.reveal": "shows a telephone to whoever may see it, and notes that",
    "person_looks.take_copy": "makes a file, and notes that",
    "my_copy.take": "makes a file, and notes that",
    "person_links.new": "one more link to a page; the others go on, and renewing ends it",
    "picker.offers": "looks for something",
    "review.compare": "puts two side by side",
    "revoking.tried": "keeps a file, to be looked at",
    "roster.search": "looks for something",
    "families.search": "looks for something",
    "many_sheets.look_at": "keeps files, to be looked at",
    "sheets.preview": "keeps a file, to be looked at",
    "sheets.rejects": "makes a file",
    "start.restored_sent": "makes a data file of a backup where there is none",
    "station.back": "is itself what takes a scan back",
    "station.find": "looks for something",
    "undo.take_back": "is itself the press that takes an act back",
    "unsaved.drop": "lets go of what was typed and not sent",
    "unsaved.keep": "keeps what was typed and not sent",
}
"""View -> why pressing it by mistake does no harm."""

SHOWN = frozenset({
    "marking.record", "office_flags.decide_event", "office_lessons.lesson_sent", "office_rules.rule_sent",
    "office_summaries.answer", "office_units.change_sent", "office_units.move_sent", "office_works.judge",
    "person.change_details", "summary.write",
})  # fmt: skip
"""Views whose form carries what it was drawn for; where something else is so by now, the answer is 409 and nothing is recorded."""

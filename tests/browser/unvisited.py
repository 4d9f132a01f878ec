"""Views that no walk visits, by area: their pages need an activity that is tried elsewhere, or they are files."""

from __future__ import annotations

POINTS_PAGES = """reporting_week.week reporting.new reporting.one correcting.form correcting.before_withdrawing
passing.waiting passing.before passing_paper.shown handover.listed
office_passing.waiting office_passing.before
office_points.short office_points.table office_points.items office_points.adoptions office_noted.listed
office_coverage.shown unit_bulletins.listed unit_bulletins.one
office_bulletins.listed office_bulletins.one office_standings.listed office_bulletins.before_freezing
office_bulletins.before_amending office_decisions.tried office_roster.listed venues.listed venues.new
venues.row office_venues.listed outlets.listed outlets.new outlets.row
violations.listed violations.new violations.row office_violations.listed
opinion_leads.listed opinion_leads.new opinion_leads.row office_opinion_leads.listed""".split()
POINTS_FILES = """passing_paper.file office_points.file office_bulletins.file unit_bulletins.file office_roster.form venues.file
office_venues.file outlets.file violations.file office_violations.file
opinion_leads.file office_opinion_leads.file""".split()

JUDGING_PAGES = """judging_acts.before_assigning judging_acts.before_opening judging_results.opened judging_results.without
judging_own.listed judging_own.ballot host_files.choose host_files.preview_again""".split()

AWARD_PAGES = """judging_packs.listed office_awards.before_freezing award_lists.one award_lists.before_amending
award_lists.before_putting_up award_nominees.listed public_awards.receipt""".split()

AWARD_FILES = "judging_packs.pack judging_own.file office_awards.draft_minutes award_lists.file public_awards.receipt_pdf".split()

SHOWN_ONCE = """carrying_over.look join.welcome list_acts.look many_sheets.shown office_round_trip.look inviting.look
inviting.sheet erasing.erased person.parting person_links.shown person_looks.revealed
office_packs.look office_packs.taken office_packs.receipt office_packs.heard""".split()

PICTURES = "me.pass_svg me.pass_png screenshots.own screenshots.shown".split()

TABLE_FILES = """entries.file handins.table office_reports.table office_tables.cross_file office_tables.fields_file
office_tables.progress_file office_tables.ranking_file office_reporting.file office_circulars.draft_file office_circulars.file
office_recommendations.workbook office_summaries.workbook chase.spreadsheet batches.rejects tick_lists.workbook
exported.file office_round_trip.given""".split()

PEOPLE_FILES = """erasing.receipt my_leaving.receipt office_minors.file office_printing.file office_enrolling.answer
joining.request_file""".split()

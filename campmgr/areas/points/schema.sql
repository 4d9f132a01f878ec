-- Items that units report, with what the rules in force make of them: folded tables.
create table items (
    item text primary key,
    -- the first fact that reported it
    fact text not null,
    activity text not null,
    unit text not null,
    sort text not null,
    title text not null,
    event_on text not null,
    sent_at text not null,
    -- the day of sent_at in China time
    sent_on text not null,
    -- JSON: rule -> how many characters
    characters text not null,
    -- by the rule in force; null where nobody counted so
    length integer,
    section text not null,
    -- JSON
    tags text not null,
    author text not null,
    urgent integer not null,
    file text not null,
    sha256 text not null,
    source text not null,
    -- the last day in time; "" where none is set
    last_day text not null,
    late integer not null,
    short integer not null,
    -- for which task it counts; "" for none
    task text not null,
    -- how many stages have passed it; "waiting", "returned" or "passed"
    stage integer not null,
    state text not null,
    points integer not null
) strict, without rowid;
create index items_by_unit on items (activity, unit, sent_on);
create index items_by_file on items (activity, sha256) where sha256 <> '';
create index items_waiting on items (activity, state, stage) where state <> 'passed';

create table item_stages (
    item text not null,
    fact text not null,
    stage integer not null,
    accepted integer not null,
    -- who looked, by their post, never by name
    post text not null,
    reason text not null,
    said_on text not null,
    -- the moment, with its offset
    said_at text not null,
    actor text not null,
    -- 0 where it is of the host's own stage, and the host did not say it
    counts integer not null,
    primary key (item, fact)
) strict, without rowid;
create index item_stages_not_counting on item_stages (item) where counts = 0;

create table adoptions (
    item text not null,
    fact text not null,
    activity text not null,
    unit text not null,
    outlet text not null,
    -- as it counts; 0 where nobody has classed the outlet
    class integer not null,
    -- as somebody said it; 0 where the dictionary of the day tells it
    said_class integer not null,
    adopted_on text not null,
    link text not null,
    evidence text not null,
    -- "" where the host has said nothing, "counts" or "refused"
    settled text not null,
    reason text not null,
    primary key (item, fact)
) strict, without rowid;
create index adoptions_by_activity on adoptions (activity, class, settled);

-- Adoptions that fit no item that is known, or several, until the host has said which.
create table noted_adoptions (
    adoption text primary key,
    fact text not null,
    activity text not null,
    unit text not null,
    -- the item's number as it was written, "" for none
    said_item text not null,
    title text not null,
    outlet text not null,
    -- 0 where the dictionary of the day tells it
    said_class integer not null,
    adopted_on text not null,
    link text not null,
    -- "waiting", "matched" with `item`, "refused", or "withdrawn" with its list
    state text not null,
    item text not null,
    reason text not null
) strict, without rowid;
create index noted_adoptions_waiting on noted_adoptions (activity, adopted_on) where state = 'waiting';

-- Each item's points, entry by entry; what the tables count is the sum of these.
create table item_points (
    item text not null,
    place integer not null,
    activity text not null,
    unit text not null,
    -- the rule behind it
    code text not null,
    -- on which it counts
    day text not null,
    -- "reports", "articles", "1" to "5", "" for an entry that only explains
    column_ text not null,
    number integer not null,
    points integer not null,
    -- the fact of the adoption it is about, "" for none
    adoption text not null,
    primary key (item, place)
) strict, without rowid;
create index item_points_by_day on item_points (activity, day, unit, column_, number, points);

create table bonuses (
    standing text not null,
    -- in whose scope it was said: it counts where that is the activity's host
    host text not null,
    activity text not null,
    unit text not null,
    tenths integer not null,
    reason text not null,
    -- why it was cancelled, "" where it was not
    ground text not null,
    cancel_reason text not null,
    primary key (standing, host)
) strict, without rowid;

create table quota_excuses (
    standing text not null,
    host text not null,
    period text not null,
    activity text not null,
    unit text not null,
    reason text not null,
    primary key (standing, host, period)
) strict, without rowid;

create table bulletins (
    bulletin text not null,
    fact text not null,
    host text not null,
    activity text not null,
    number integer not null,
    period text not null,
    group_ text not null,
    at text not null,
    digest text not null,
    -- the whole body: JSON
    content text not null,
    published integer not null,
    primary key (bulletin, fact)
) strict, without rowid;

create table bulletin_amendments (
    bulletin text not null,
    fact text not null,
    host text not null,
    amendment integer not null,
    said_on text not null,
    digest text not null,
    content text not null,
    published integer not null,
    primary key (bulletin, fact)
) strict, without rowid;

create table venues (
    venue text primary key,
    activity text not null,
    unit text not null,
    listed integer not null,
    listed_on text not null,
    name text not null,
    used_for text not null,
    -- in tenths of a square metre
    area integer,
    class text not null,
    usable integer not null,
    place text not null,
    existing integer not null,
    theme text not null,
    open_to_public integer not null,
    note text not null
) strict, without rowid;
create index venues_by_activity on venues (activity, unit);

create table outlets (
    outlet text primary key,
    activity text not null,
    unit text not null,
    listed integer not null,
    listed_on text not null,
    name text not null,
    class integer,
    from_on text not null,
    aliases text not null
) strict, without rowid;
create index outlets_by_activity on outlets (activity);

create table violations (
    violation text primary key,
    activity text not null,
    unit text not null,
    listed integer not null,
    listed_on text not null,
    name text not null,
    decided_on text not null,
    subject text not null,
    facts text not null,
    penalty text not null,
    exposed integer not null,
    exposed_on text not null,
    outlet text not null,
    note text not null
) strict, without rowid;
create index violations_by_activity on violations (activity, unit);

create table opinion_leads (
    opinion_lead text primary key,
    activity text not null,
    unit text not null,
    listed integer not null,
    listed_on text not null,
    name text not null,
    found_on text not null,
    source text not null,
    link text not null,
    weight text not null,
    handled text not null,
    state text not null,
    ended_on text not null,
    note text not null
) strict, without rowid;
create index opinion_leads_by_activity on opinion_leads (activity, unit);

-- Papers on which items were handed to whoever looks at them, so that the numbers on one can be typed in however the list has changed
-- since. Of this data file alone, and ids only: a paper is typed in where it was printed.
create table local_passing_sheets (
    sheet text primary key,
    activity text not null,
    unit text not null,
    stage integer not null,
    made_at text not null
) strict, without rowid;
create index local_passing_sheets_by_unit on local_passing_sheets (activity, unit, stage, made_at);

create table local_passing_rows (
    sheet text not null references local_passing_sheets (sheet),
    -- from 1
    number integer not null,
    item text not null,
    primary key (sheet, number)
) strict, without rowid;

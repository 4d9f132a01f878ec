-- Rounds of judging, who judges what, who does not, and what was marked. A row keeps the unit whose scope said it: the host's own
-- counts, and whoever asks joins by it.
create table rounds (
    unit text not null,
    round text not null,
    activity text not null,
    name text not null,
    -- as set: JSON of the whole body
    settings text not null,
    -- the fact that set it so
    fact text not null,
    digest text not null,
    set_on text not null,
    -- how it was set before, the first first: JSON
    earlier text not null,
    -- every opening, [day, who, why, fact], the first first: JSON; [] while it is closed
    openings text not null,
    primary key (unit, round)
) strict, without rowid;
create index rounds_by_activity on rounds (activity, name);

create table assignments (
    unit text not null,
    entry text not null,
    round text not null,
    judge text not null,
    activity text not null,
    -- the facts that say so: JSON
    facts text not null,
    primary key (unit, entry, round, judge)
) strict, without rowid;
create index assignments_by_round on assignments (activity, round, judge);

-- What was said of recusals; those that the unit tree tells are found when somebody asks.
create table recusals (
    unit text not null,
    entry text not null,
    round text not null,
    judge text not null,
    activity text not null,
    -- "recused" or "lifted"
    state text not null,
    why text not null,
    note text not null,
    fact text not null,
    said_on text not null,
    primary key (unit, entry, round, judge)
) strict, without rowid;
create index recusals_by_round on recusals (activity, round);

create table scores (
    unit text not null,
    entry text not null,
    round text not null,
    judge text not null,
    activity text not null,
    state text not null,
    -- criterion -> hundredths: JSON
    marks text not null,
    note text not null,
    source text not null,
    form text not null,
    reason text not null,
    -- the facts that stand: one, or several said without knowing of each other, of which the last counts
    fact text not null,
    said_on text not null,
    actor text not null,
    -- what was given before, the first first: JSON
    earlier text not null,
    -- how many of them say something else
    beside integer not null,
    primary key (unit, entry, round, judge)
) strict, without rowid;
create index scores_by_round on scores (activity, round, judge);

-- Which account of this data file a judge marks with, and what was put aside half marked: of this data file alone.
create table local_judges (
    account text primary key,
    person text not null
) strict, without rowid;

create table local_half_marked (
    account text not null,
    activity text not null,
    round text not null,
    entry text not null,
    -- what was typed, by field: JSON
    typed text not null,
    primary key (account, activity, round, entry)
) strict, without rowid;

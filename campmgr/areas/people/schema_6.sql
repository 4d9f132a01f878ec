-- What certificates come to for a person: how many hold (of any camp), how many no longer do, and 1 where one of this camp is to be
-- given: ready for it, and never given one.
alter table people add column valid integer not null default 0;
alter table people add column ended integer not null default 0;
alter table people add column due integer not null default 0;
-- Of whoever is held with a guardian's consent, or was erased: in which year they agreed to the notice, and took that back; '' for never.
alter table people add column agreed_in text not null default '';
alter table people add column withdrew_in text not null default '';

-- How many of a home that is, kept by difference.
create table consent_sums (
    home text not null,
    year text not null,
    agreed integer not null,
    withdrawn integer not null,
    primary key (home, year)
) strict, without rowid;
create index consent_sums_all_zero on consent_sums (home) where agreed = 0 and withdrawn = 0;

-- How many people of each home and class are how far, kept by difference (fold/class_sums.py): what a province's pages add up.
create table class_sums (
    home text not null,
    -- the units that count them beside their home, joined by commas, in order
    members text not null,
    class_key text not null,
    class_name text not null,
    -- in the camp that is going on, and only in an earlier one
    people integer not null,
    away integer not null,
    learning integer not null,
    unsigned integer not null,
    complete integer not null,
    -- the hours without the conditions
    lacking integer not null,
    ready integer not null,
    certified integer not null,
    -- whom the chase list names
    behind integer not null,
    due integer not null,
    -- the hours, and neither a certificate nor one to be given
    refused integer not null,
    valid integer not null,
    ended integer not null,
    -- whose details are held, and of how many with a guardian's consent; people from outside, too
    held integer not null,
    minors integer not null,
    primary key (home, members, class_key, class_name)
) strict, without rowid;
-- whom do units count that are at home elsewhere?
create index class_sums_of_members on class_sums (members, home) where members <> '';
-- sums that nobody is behind any more, for whoever takes them away: mostly there is none (`store/tables.add_amounts`).
create index class_sums_all_zero on class_sums (home) where people = 0 and away = 0 and learning = 0 and unsigned = 0
    and complete = 0 and lacking = 0 and ready = 0 and certified = 0 and behind = 0 and due = 0 and refused = 0 and valid = 0
    and ended = 0 and held = 0 and minors = 0;
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';

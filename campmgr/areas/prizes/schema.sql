-- Frozen lists and what becomes of them: folded tables.

create table prize_lists (
    number integer not null,
    fact text not null,
    at text not null,
    rule_text text not null,
    digest text not null,
    content text not null,
    published integer not null,
    -- the day it was made void, and why; "" while it stands
    voided_on text not null,
    void_reason text not null,
    primary key (number, fact)
) strict, without rowid;

-- What becomes of a frozen list: amendments, publicity, objections.
create table list_amendments (
    number integer not null,
    fact text not null,
    amendment integer not null,
    said_on text not null,
    digest text not null,
    -- the whole body: JSON
    content text not null,
    published integer not null,
    primary key (number, fact)
) strict, without rowid;

create table list_postings (
    number integer not null,
    fact text not null,
    -- 1, 2 … in the order said; the last one stands
    place integer not null,
    -- "posted" or "taken_down"
    state text not null,
    starts_on text not null,
    ends_on text not null,
    -- the last day on which it is shown
    shown_until text not null,
    content text not null,
    primary key (number, fact)
) strict, without rowid;

create table list_objections (
    number integer not null,
    fact text not null,
    raised_on text not null,
    work text not null,
    matter text not null,
    way text not null,
    -- "waiting", "upheld" or "rejected"
    state text not null,
    answer text not null,
    answered_on text not null,
    primary key (number, fact)
) strict, without rowid;

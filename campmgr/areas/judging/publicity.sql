-- When an award list is put up 公示 and taken down, and the objections to it.
create table award_postings (
    unit text not null,
    list text not null,
    fact text not null,
    -- in which order they were said, from 1
    place integer not null,
    -- "posted" or "taken_down"; of the latter starts_on is the day and how the reason
    state text not null,
    starts_on text not null,
    ends_on text not null,
    shown_until text not null,
    counted text not null,
    how text not null,
    primary key (unit, list, fact)
) strict, without rowid;

create table award_objections (
    unit text not null,
    list text not null,
    fact text not null,
    raised_on text not null,
    line text not null,
    way text not null,
    matter text not null,
    -- "waiting", "upheld" or "rejected"
    state text not null,
    answer text not null,
    answered_on text not null,
    primary key (unit, list, fact)
) strict, without rowid;

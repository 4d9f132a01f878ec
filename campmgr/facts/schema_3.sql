-- What was said that needs a seat (facts/seats): folded again with other rights, and told where whoever said it may not.
create table ruled_words (
    subject text not null,
    fact text not null,
    activity text not null,
    unit text not null,
    -- what was said, in a word, and on which day
    word text not null,
    said_on text not null,
    -- 1: whoever said it may not; it counts for nothing, and is told
    tells integer not null,
    primary key (subject, fact)
) strict, without rowid;
create index ruled_words_told on ruled_words (activity, unit) where tells = 1;
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';

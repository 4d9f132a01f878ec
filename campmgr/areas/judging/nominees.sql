-- What the host says of people, teams and units that may get an award: who is to have one and why, and points.
create table nominee_notes (
    unit text not null,
    nominee text not null,
    award text not null,
    activity text not null,
    line text not null,
    -- 单位, 个人 or 团队
    sort text not null,
    -- the unit that it belongs to, or is
    at text not null,
    -- of a team alone
    name text not null,
    reason text not null,
    fact text not null,
    primary key (unit, nominee, award)
) strict, without rowid;
create index nominee_notes_by_activity on nominee_notes (activity, award);

create table nominee_points (
    unit text not null,
    nominee text not null,
    part text not null,
    activity text not null,
    line text not null,
    -- hundredths
    points integer not null,
    reason text not null,
    primary key (unit, nominee, part)
) strict, without rowid;
create index nominee_points_by_activity on nominee_points (activity, line);

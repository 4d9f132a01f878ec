-- Accounts and log-ins: of this data file alone. They are no facts, never travel, and a rebuild leaves them alone.
create table local_accounts (
    account text primary key,
    -- as typed, in one case: unique
    login text not null unique,
    name text not null,
    role text not null,
    unit text not null,
    -- "" for every line
    line text not null,
    -- "scrypt$n$r$p$salt$hash", "" while none was chosen
    password text not null,
    active integer not null,
    made_at text not null,
    made_by text not null
) strict, without rowid;

create table local_devices (
    device text primary key,
    -- SHA-256 of what the browser's cookie holds
    token_hash text not null unique,
    account text not null references local_accounts (account),
    label text not null,
    -- 1: the owner's own machine, logged in for weeks; 0: until the browser closes
    kept integer not null,
    opened_at text not null,
    seen_at text not null,
    ends_at text not null
) strict, without rowid;
-- the devices of an account
create index local_devices_by_account on local_devices (account);

-- One-time links: an invitation, a new password, a log-in without typing.
create table local_links (
    link text primary key,
    token_hash text not null unique,
    kind text not null,
    -- whose password or log-in; "" for an invitation
    account text not null,
    name text not null,
    role text not null,
    unit text not null,
    line text not null,
    made_at text not null,
    made_by text not null,
    ends_at text not null,
    -- "" while it can be used
    used_at text not null
) strict, without rowid;

-- Log-in attempts that have not succeeded yet, by account and by address (as SHA-256).
create table local_attempts (
    source text primary key,
    count integer not null,
    since text not null
) strict, without rowid;

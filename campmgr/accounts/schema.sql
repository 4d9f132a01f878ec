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
    -- as werkzeug writes it: method and parameters, salt, hash; "" while none was chosen
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

-- Browsers in which somebody has logged in before: a stranger's failures do not hinder them.
create table local_known_browsers (
    -- SHA-256 of what a cookie of its own holds
    token_hash text not null,
    account text not null references local_accounts (account),
    seen_at text not null,
    primary key (token_hash, account)
) strict, without rowid;

-- Failed attempts by what was guessed at, by address, and by all together (names as SHA-256).
create table local_attempts (
    source text primary key,
    count integer not null,
    since text not null,
    last_at text not null
) strict, without rowid;

-- Accounts that one of equal place asks to close; a second person has to agree.
create table local_closings (
    account text primary key references local_accounts (account),
    asked_by text not null,
    asked_at text not null
) strict, without rowid;

-- What an account has just done, for the line that says so and takes it back. No names, and gone after a day.
create table local_done (
    -- what the address of the next page carries
    done text primary key,
    account text not null references local_accounts (account),
    words text not null,
    -- the page on which it was done
    back text not null,
    -- by which way it is taken back; "" for none
    way text not null,
    -- what that way needs: ids, joined by blanks
    what text not null,
    made_at text not null,
    -- "" while it stands
    undone_at text not null
) strict, without rowid;

-- What an account has typed and not saved, by the page on which it stands; for a day at most. It may hold names.
create table local_unsaved (
    account text not null references local_accounts (account),
    page text not null,
    -- where its form goes
    action text not null,
    -- JSON: [[name, value], ...]
    fields text not null,
    kept_at text not null,
    -- 1: its button was pressed when the log-in had ended
    was_sent integer not null,
    primary key (account, page)
) strict, without rowid;

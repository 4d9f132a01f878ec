-- When somebody last logged in: what a log-in leaves behind once its browser is logged out. Of this data file alone.
create table local_log_ins (
    account text primary key references local_accounts (account),
    at text not null
) strict, without rowid;

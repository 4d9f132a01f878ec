-- Numbers of certificates that the platform itself gave, recorded beside ours.
create table platform_certificates (
    person text not null,
    fact text not null,
    number text not null,
    issued_on text not null,
    primary key (person, fact)
) strict, without rowid;

-- Pictures that belong to a setting, such as the seal: of this data file alone, found by their SHA-256.
create table local_pictures (
    digest text primary key,
    png blob not null
) strict;

-- Few certificates end or are issued again; the list of those that no longer hold is found by them alone.
create index certificates_ended on certificates (number) where state <> 'valid';
create index certificates_again on certificates (person, activity, edition) where edition > 1;

-- The certificates of a province, the newest first.
create index certificates_by_issued on certificates (issued_on, number);

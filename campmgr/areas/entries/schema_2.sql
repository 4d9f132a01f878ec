-- What needs a seat is kept in one table for all areas (ruled_words).
drop table entry_words;
drop table handin_words;

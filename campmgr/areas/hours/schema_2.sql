-- Moments that nobody shares any more, for whoever takes them away: mostly there is none (`store/tables.add_amounts`).
create index crowds_all_zero on crowds (moment) where people = 0;

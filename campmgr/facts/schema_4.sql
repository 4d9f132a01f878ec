-- Rows of totals that came out all zero, for whoever takes them away: mostly there is none (`store/tables.add_amounts`).
create index placement_days_all_zero on placement_days (placement)
    where joined = 0 and learning = 0 and completed = 0 and ready = 0 and certified = 0
    and hours = 0 and works = 0 and likes = 0;
create index unit_days_all_zero on unit_days (unit)
    where joined = 0 and learning = 0 and completed = 0 and ready = 0 and certified = 0
    and hours = 0 and works = 0 and likes = 0;
create index unit_totals_all_zero on unit_totals (unit)
    where joined = 0 and learning = 0 and completed = 0 and ready = 0 and certified = 0
    and hours = 0 and works = 0 and likes = 0;

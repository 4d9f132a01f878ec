-- the units in the order of lists, of a subtree too: its places begin alike
create index units_by_place on units (place, unit);

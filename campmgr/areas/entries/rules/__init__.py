"""What a call for works means, without tables: what a file must be, what an entry needs, what votes weigh."""

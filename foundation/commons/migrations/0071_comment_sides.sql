-- For, against or neutral, where the author of a comment says so and its subject has sides; empty for nothing said.
alter table comments add column side text not null default '';
create index comments_sides on comments (subject_kind, subject_id, side) where side <> '';

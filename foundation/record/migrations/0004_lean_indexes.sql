-- An entry that waits for its place stands in neither of these: it is written into fewer indexes, and moved in none when it gets its place.
drop index record_entries_position;
create unique index record_entries_position on record_entries (position) where position is not null;
-- A subject has few entries; they are sorted when they are read.
drop index record_entries_subject;
create index record_entries_subject on record_entries (subject_kind, subject_id);

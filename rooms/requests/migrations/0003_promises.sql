-- By when an end was promised. The desk reads what is due first; what has no promise comes last.
alter table requests add column due_at bigint;
create index requests_due on requests (coalesce(due_at, 9223372036854775807), id) where closed_at is null;
create index requests_desk on requests (organisation_id, coalesce(due_at, 9223372036854775807), id) where closed_at is null;
drop index requests_inbox;

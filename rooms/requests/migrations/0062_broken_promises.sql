-- The first promised end, and when a promise was broken: a later promise takes neither back. Filled as far as the history knows.
alter table requests add column first_due_at bigint;
alter table requests add column broken_at bigint;
update requests set first_due_at = due_at where due_at is not null and not exists (
  select 1 from request_history h where h.request_id = requests.id
  and h.saying in ('request.extended', 'request.reopened', 'request.recategorised', 'request.asked')
);
update requests set broken_at = due_at where due_at < closed_at;
-- Who was told of a matter in public was told because it was late.
update requests set broken_at = (
  select min(h.at) from request_history h
  where h.request_id = requests.id and h.saying = 'request.escalated' and h.internal = false
) where broken_at is null and id in (
  select request_id from request_history where saying = 'request.escalated' and internal = false
);
-- A gap may show in times or in broken promises; `ratio`, `low` and `high` are of that, and `n` is how many were compared.
alter table figure_gaps add column measure text not null default 'time';
alter table figure_gaps add column n bigint not null default 0;
-- Clocks that stand still run again by themselves.
create index requests_waiting on requests (waiting_since, id) where waiting_since is not null;
-- Days in short have a new version; those of the old are written anew at once, and not a few in each run.
delete from figure_days;

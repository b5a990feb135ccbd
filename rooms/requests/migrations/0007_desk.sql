-- Views of the desk that officers keep for themselves.
create table desk_views (
  person_id text not null,
  name text not null,
  query text not null,
  primary key (person_id, name)
);
-- While an agency waits for the resident's answer the clock stands still, and the promise is kept aside.
alter table requests add column waiting_since bigint;
alter table requests add column waiting_due bigint;
-- A second private link, for the mail that asks the reporter something.
alter table request_reporters add column reply_hash text;
-- How far up an overdue matter was carried.
alter table requests add column escalated bigint not null default 0;
-- Neighbours who say that a resolved matter is not fixed: each once for each end.
create table request_not_fixed (
  request_id text not null references requests (id),
  ended_at bigint not null,
  person_id text not null,
  at bigint not null,
  primary key (request_id, ended_at, person_id)
);
create index request_history_spoken on request_history (actor) where agency = '' and body <> '';
create index request_not_fixed_person on request_not_fixed (person_id);

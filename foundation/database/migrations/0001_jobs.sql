create table jobs (
  id text primary key,
  kind text not null,
  payload text not null,
  not_before bigint not null,
  attempts bigint not null,
  state text not null,
  last_error text not null
);
create index jobs_due on jobs (not_before, id) where state = 'waiting';
create index jobs_dead on jobs (not_before, id) where state = 'dead';

-- Suggestions that an officer rejected: of which kind, and what was suggested.
create table request_suggestions_rejected (
  request_id text not null references requests (id),
  kind text not null,
  value text not null,
  at bigint not null,
  primary key (request_id, kind, value)
);

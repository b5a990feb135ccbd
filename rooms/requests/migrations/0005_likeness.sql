-- The code of the earlier request that says the same and goes on.
alter table requests add column duplicate_of text;
create index requests_duplicates on requests (duplicate_of) where duplicate_of is not null;
-- What is near and open or recently ended: by cell (engine likeness, Grid::cell) or by address, what ended last first.
create index requests_near on requests (
  ((lat_micro + 90000000) / 2250 * 160000 + (long_micro + 180000000) / 2250 % 160000),
  coalesce(closed_at, 9223372036854775807), opened_at, id
) where lat_micro is not null;
create index requests_address on requests (lower(address), coalesce(closed_at, 9223372036854775807), opened_at, id) where address <> '';

create table request_supporters (
  request_id text not null references requests (id),
  who text not null,
  person_id text,
  email_hash text,
  at bigint not null,
  primary key (request_id, who)
);
create index request_supporters_person on request_supporters (person_id) where person_id is not null;

create table request_set_aside (
  one text not null,
  other text not null,
  by_reporter boolean not null,
  at bigint not null,
  primary key (one, other)
);
create index request_set_aside_other on request_set_aside (other);

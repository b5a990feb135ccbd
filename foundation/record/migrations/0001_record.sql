create table record_entries (
  id text primary key,
  said_at bigint not null,
  subject_kind text not null,
  subject_id text not null,
  saying text not null,
  body text not null,
  position bigint
);
create unique index record_entries_position on record_entries (position);
create index record_entries_pending on record_entries (said_at, id) where position is null;
create index record_entries_subject on record_entries (subject_kind, subject_id, position);

create table record_salts (
  entry_id text primary key references record_entries (id),
  salt text not null
);

create table record_tiles (
  level bigint not null,
  number bigint not null,
  hashes bytea not null,
  primary key (level, number)
);

create table record_checkpoint (
  only_one bigint primary key check (only_one = 1),
  size bigint not null,
  root text not null,
  note text not null,
  signed_at bigint not null
);

create table record_cursors (
  subscriber text primary key,
  position bigint not null
);

create table link_changes (
  -- Links that somebody made or took away by hand, with their public reason.
  id text primary key,
  at bigint not null,
  made boolean not null,
  from_kind text not null,
  from_id text not null,
  relation text not null,
  to_kind text not null,
  to_id text not null,
  reason text not null,
  handle text not null
);
create index link_changes_from on link_changes (from_kind, from_id, at, id);
create index link_changes_to on link_changes (to_kind, to_id, at, id);

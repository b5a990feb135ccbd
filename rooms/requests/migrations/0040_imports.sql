-- Requests taken over from elsewhere: each import with its counts, where each request came from, and what was set aside.
create table request_imports (
  id text primary key,
  source text not null,
  origin text not null,
  mapping text not null,
  begun_by text not null,
  begun_at bigint not null,
  ended_at bigint,
  undone_at bigint,
  row_count bigint not null,
  stored bigint not null,
  already bigint not null,
  set_aside bigint not null,
  removed bigint not null,
  stayed bigint not null
);
create index request_imports_begun on request_imports (begun_at, id);

create table request_origins (
  source text not null,
  source_id text not null,
  request_id text not null references requests (id),
  import_id text not null,
  steps bigint not null,
  primary key (source, source_id)
);
create unique index request_origins_request on request_origins (request_id);
create index request_origins_import on request_origins (import_id, request_id);

create table request_import_asides (
  import_id text not null,
  number bigint not null,
  line bigint not null,
  column_name text not null,
  value text not null,
  reason text not null,
  primary key (import_id, number)
);

-- Tables that were uploaded to be imported, until they are or are forgotten. The file itself goes when it was taken over.
create table request_import_uploads (
  id text primary key,
  name text not null,
  body bytea not null,
  mapping text not null,
  by_handle text not null,
  language text not null,
  state text not null,
  at bigint not null,
  report text not null,
  import_id text,
  trouble text not null
);
create index request_import_uploads_at on request_import_uploads (at, id);

create table service_imports (
  -- What was taken over from another directory (Open Referral HSDS), and when that was undone.
  id text primary key,
  organisation_id text not null,
  at bigint not null,
  actor text not null,
  -- What the file was called.
  name text not null,
  made bigint not null,
  changed bigint not null,
  same bigint not null,
  aside bigint not null,
  undone_at bigint
);
create index service_imports_at on service_imports (at, id);

create table service_import_rows (
  -- What an import did to a service: the draft before (null where there was no service) and after. By it an import is undone.
  import_id text not null references service_imports (id),
  code text not null,
  before text,
  after text not null,
  primary key (import_id, code)
);
create index service_import_rows_code on service_import_rows (code);

create table application_asks (
  -- Which questions an officer opened again; gone as soon as they are answered.
  code text primary key references applications (code),
  fields text not null
);

create table application_revisions (
  -- What was answered before some questions were answered again: nothing here is ever changed.
  code text not null references applications (code),
  number bigint not null,
  at bigint not null,
  answers text not null,
  finding text not null,
  primary key (code, number)
);

-- The application whose open questions a draft answers again; empty for one that will be filed.
alter table service_drafts add column reopens text not null default '';
create index service_drafts_reopens on service_drafts (reopens) where reopens <> '';

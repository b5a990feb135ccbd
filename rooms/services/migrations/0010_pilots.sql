create table service_pilots (
  -- Two versions given out by chance, case by case.
  id text primary key,
  service text not null references services (code),
  -- The number of the version in force, and that of the other.
  number_a bigint not null,
  number_b bigint not null,
  -- So many of a hundred get the other.
  share_percent bigint not null,
  why text not null,
  begun_at bigint not null,
  actor text not null,
  -- How many applications were begun with each.
  begun_a bigint not null,
  begun_b bigint not null,
  ended_at bigint,
  -- What came of it: adopted or kept; empty while it goes on.
  outcome text not null
);
create unique index service_pilots_open on service_pilots (service) where ended_at is null;
create index service_pilots_service on service_pilots (service, begun_at);

-- The pilot and the arm that drew a case, as `01a0….b`; empty outside of pilots.
alter table service_drafts add column pilot text not null default '';
alter table applications add column pilot text not null default '';
create index applications_pilot on applications (pilot) where pilot <> '';

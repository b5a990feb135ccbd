create table meetings (
  code text collate "C" primary key,
  plan text not null,
  organisation_id text,
  starts_at bigint not null,
  ends_at bigint not null,
  published_at bigint,
  cancelled_at bigint,
  cancel_reason text not null,
  minutes text,
  minutes_at bigint,
  made_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index meetings_order on meetings (starts_at, code);

-- Who comes. Private. The numbers count up, so that who waited longest comes first.
create table meeting_registrations (
  meeting text collate "C" not null references meetings (code),
  person_id text not null,
  number bigint not null,
  waits boolean not null,
  at bigint not null,
  reminded_at bigint,
  primary key (meeting, person_id)
);
create index meeting_registrations_person on meeting_registrations (person_id);
create index meeting_registrations_order on meeting_registrations (meeting, waits, number);

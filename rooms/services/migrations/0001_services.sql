create table services (
  code text primary key,
  -- A UUID, by which HSDS knows it.
  id text not null,
  organisation_id text not null,
  draft text not null,
  published text,
  -- The number of the published version; 0 before the first.
  number bigint not null,
  version bigint not null,
  made_at bigint not null,
  updated_at bigint not null,
  published_at bigint
);
create index services_published on services (published_at, code) where published_at is not null;

create table service_versions (
  -- What was published and when: nothing here is ever changed.
  code text not null references services (code),
  number bigint not null,
  at bigint not null,
  actor text not null,
  definition text not null,
  primary key (code, number)
);

create table service_drafts (
  -- An application that is being written. Known by a secret of which only the hash is kept.
  secret_hash text primary key,
  code text not null,
  number bigint not null,
  answers text not null,
  language text not null,
  channel text not null,
  clerk text not null,
  person_id text,
  begun_at bigint not null,
  updated_at bigint not null,
  pages bigint not null
);
create index service_drafts_old on service_drafts (updated_at);

create table service_files (
  id text primary key,
  -- The hash of a draft's secret, or the code of an application.
  owner text not null,
  field text not null,
  name text not null,
  width bigint not null,
  height bigint not null,
  picture bytea not null,
  at bigint not null
);
create index service_files_owner on service_files (owner, at);

create table applications (
  code text primary key,
  service text not null,
  number bigint not null,
  organisation_id text not null,
  district text,
  channel text not null,
  language text not null,
  person_id text,
  email text,
  secret_hash text not null,
  answers text not null,
  -- What the rules of this version said of these answers; empty where there are none.
  finding text not null,
  filed_at bigint not null,
  due_at bigint not null,
  pauses text not null,
  state text not null,
  state_at bigint not null,
  is_open boolean not null,
  outcome text,
  -- What was decided before any appeal.
  first_outcome text,
  missing text not null,
  proposed_by text not null,
  officer text not null,
  decided_at bigint,
  decided_by text not null,
  reasons text not null,
  appeal_until bigint,
  appealed_at bigint,
  appeal_words text not null,
  appeal_decided_at bigint,
  appeal_outcome text,
  appeal_reasons text not null,
  was_incomplete boolean not null,
  minutes bigint not null,
  pages bigint not null,
  letters bigint not null,
  is_simulated boolean not null,
  is_erased boolean not null,
  version bigint not null
);
create index applications_desk on applications (organisation_id, is_open, due_at, code);
create index applications_person on applications (person_id, filed_at) where person_id is not null;
create index applications_filed on applications (filed_at, code);
create index applications_closing on applications (appeal_until) where state = 'decided';
create index applications_old on applications (state_at) where is_open = false;

create table application_steps (
  -- Everything that was said and done about an application.
  id text primary key,
  code text not null references applications (code),
  at bigint not null,
  what text not null,
  actor text not null,
  body text not null,
  is_internal boolean not null
);
create index application_steps_code on application_steps (code, at, id);

create table application_looks (
  -- Who opened an application at the office, and why. The applicant reads this.
  id text primary key,
  code text not null references applications (code),
  at bigint not null,
  actor text not null,
  why text not null
);
create index application_looks_code on application_looks (code, at);

create table service_figures (
  -- What was counted, as the public page shows it: the row without a name is that of all services.
  name text primary key,
  at bigint not null,
  body text not null
);

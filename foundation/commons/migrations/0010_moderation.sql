create table moderation_cases (
  -- What moderators look after: one case for what is reported, marked or held of a subject, until it is decided.
  id text primary key,
  subject_kind text not null,
  subject_id text not null,
  about_kind text not null,
  about_id text not null,
  organisation_id text,
  cause text not null,
  opened_at bigint not null,
  queued_at bigint not null,
  standing text not null,
  held boolean not null,
  reports bigint not null,
  points bigint not null,
  evidence text not null,
  version bigint not null,
  outcome text,
  reason text,
  note text not null,
  decided_at bigint,
  decided_by text,
  decided_handle text not null,
  appeal text not null,
  appealed_at bigint,
  appeal_due_at bigint,
  appeal_outcome text,
  appeal_at bigint,
  appeal_by text,
  appeal_handle text not null,
  appeal_note text not null
);
create unique index moderation_cases_waiting on moderation_cases (subject_kind, subject_id) where standing = 'waiting';
create index moderation_cases_subject on moderation_cases (subject_kind, subject_id, opened_at, id);
create index moderation_cases_queue on moderation_cases (standing, queued_at, id);

create table moderation_reports (
  -- Who reported what, and why: each once for a subject. Private.
  subject_kind text not null,
  subject_id text not null,
  who text not null,
  case_id text not null references moderation_cases (id),
  person_id text,
  reason text not null,
  note text not null,
  at bigint not null,
  primary key (subject_kind, subject_id, who)
);
create index moderation_reports_case on moderation_reports (case_id, at);
create index moderation_reports_person on moderation_reports (person_id) where person_id is not null;

create table moderation_withheld (
  -- The words that are hidden. They are nowhere else: the room keeps in their place what may be seen.
  subject_kind text not null,
  subject_id text not null,
  part text not null,
  case_id text not null references moderation_cases (id),
  key text not null,
  kind text not null,
  kept text not null,
  shown text not null,
  held boolean not null,
  whole boolean not null,
  reason text not null,
  at bigint not null,
  primary key (subject_kind, subject_id, part)
);

create table moderation_log (
  -- The public log: what was done, never the words.
  id text primary key,
  case_id text not null,
  at bigint not null,
  subject_kind text not null,
  subject_id text not null,
  about_kind text not null,
  about_id text not null,
  act text not null,
  reason text not null,
  parts text not null,
  role text not null,
  handle text not null
);
create index moderation_log_at on moderation_log (at, id);
create index moderation_log_subject on moderation_log (subject_kind, subject_id, at, id);

-- A photo that is hidden is shown to its author and to moderators only.
alter table files add column hidden boolean not null default false;

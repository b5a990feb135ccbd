create table processes (
  code text collate "C" primary key,
  template text not null,
  definition text not null,
  organisation_id text,
  published_at bigint,
  opens_at bigint not null,
  closes_at bigint not null,
  made_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index processes_order on processes (closes_at, code);

create table proposals (
  code text collate "C" primary key,
  process text collate "C" not null references processes (code),
  state text not null,
  state_at bigint not null,
  merged_into text,
  title text not null,
  body text not null,
  category text not null,
  district text,
  lat_micro bigint,
  long_micro bigint,
  address text not null,
  cost_cents bigint,
  sources text not null,
  photos text not null,
  photo_key text not null,
  supports bigint not null,
  comments bigint not null,
  shuffle bigint not null,
  made_at bigint not null,
  submitted_at bigint,
  updated_at bigint not null,
  reached_at bigint,
  answer_due_at bigint,
  estimate_cents bigint,
  version bigint not null
);
create index proposals_newest on proposals (submitted_at, code) where submitted_at is not null;
create index proposals_supported on proposals (supports, code) where submitted_at is not null;
create index proposals_discussed on proposals (comments, code) where submitted_at is not null;
create index proposals_of_process on proposals (process, submitted_at, code) where submitted_at is not null;
create index proposals_of_process_supported on proposals (process, supports, code) where submitted_at is not null;
create index proposals_waiting on proposals (process, supports) where state = 'open';
create index proposals_due on proposals (answer_due_at) where answer_due_at is not null and state = 'open';
create index proposals_merged on proposals (merged_into) where merged_into is not null;
create index proposals_drafts on proposals (updated_at) where submitted_at is null;

-- Words that were replaced; the present ones stand in the proposal itself.
create table proposal_versions (
  proposal text collate "C" not null references proposals (code),
  number bigint not null,
  title text not null,
  body text not null,
  until bigint not null,
  by_handle text not null,
  amendment text,
  primary key (proposal, number)
);

create table proposal_authors (
  proposal text collate "C" not null references proposals (code),
  handle text not null,
  person_id text,
  name text not null,
  part text not null,
  at bigint not null,
  primary key (proposal, handle)
);
create index proposal_authors_person on proposal_authors (person_id) where person_id is not null;

create table proposal_invitations (
  token_hash text primary key,
  proposal text collate "C" not null references proposals (code),
  email text not null,
  at bigint not null
);
create index proposal_invitations_proposal on proposal_invitations (proposal);

create table proposal_supports (
  proposal text collate "C" not null references proposals (code),
  person_id text not null,
  at bigint not null,
  merged_from text not null,
  primary key (proposal, person_id)
);
create index proposal_supports_person on proposal_supports (person_id);

-- How many supports somebody has given in a process: counted here, so that two acts at once cannot both take the last.
create table process_supporters (
  process text collate "C" not null references processes (code),
  person_id text not null,
  given bigint not null,
  primary key (process, person_id)
);

create table proposal_endorsements (
  proposal text collate "C" not null references proposals (code),
  organisation text not null,
  at bigint not null,
  primary key (proposal, organisation)
);

create table proposal_arguments (
  id text collate "C" primary key,
  proposal text collate "C" not null references proposals (code),
  side text not null,
  body text not null,
  author text not null,
  author_id text,
  author_name text not null,
  at bigint not null,
  entry_id text not null
);
create index proposal_arguments_proposal on proposal_arguments (proposal, at, id);
create index proposal_arguments_author on proposal_arguments (author_id) where author_id is not null;

create table proposal_amendments (
  code text collate "C" primary key,
  proposal text collate "C" not null references proposals (code),
  base_version bigint not null,
  title text not null,
  body text not null,
  why text not null,
  author text not null,
  author_id text,
  author_name text not null,
  at bigint not null,
  state text not null,
  state_at bigint not null,
  answer text not null,
  entry_id text not null
);
create index proposal_amendments_proposal on proposal_amendments (proposal, at, code);
create index proposal_amendments_author on proposal_amendments (author_id) where author_id is not null;

-- What officers found, never changed: the last one of a proposal holds.
create table proposal_evaluations (
  id text collate "C" primary key,
  proposal text collate "C" not null references proposals (code),
  verdict text not null,
  cost_cents bigint,
  reasons text not null,
  organisation text not null,
  at bigint not null
);
create index proposal_evaluations_proposal on proposal_evaluations (proposal, at, id);

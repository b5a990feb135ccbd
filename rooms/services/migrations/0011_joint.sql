create table co_applicants (
  -- Who applies together with the first applicant. Each has a link of their own, of which only the hash is kept; none while it is a draft.
  id text primary key,
  -- The hash of a draft's secret, or the code of an application.
  owner text not null,
  name text not null,
  email text,
  secret_hash text not null,
  state text not null,
  added_at bigint not null,
  answered_at bigint,
  -- The officer's pseudonym where it was confirmed at the counter; else empty.
  answered_by text not null
);
create index co_applicants_owner on co_applicants (owner, added_at, id);

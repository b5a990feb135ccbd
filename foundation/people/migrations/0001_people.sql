create table people (
  id text primary key,
  handle text not null unique,
  name text not null,
  email text unique,
  language text not null,
  created_at bigint not null,
  erased_at bigint
);

create table organisations (
  id text primary key,
  code text not null unique,
  name text not null,
  email text
);

create table mandates (
  id text primary key,
  person_id text not null references people (id),
  role text not null,
  organisation_id text references organisations (id),
  given_by text not null,
  given_at bigint not null,
  ends_at bigint
);
create index mandates_person on mandates (person_id);
create index mandates_role on mandates (role, given_at, id);

create table sessions (
  token_hash text primary key,
  person_id text not null references people (id),
  created_at bigint not null,
  expires_at bigint not null,
  last_seen bigint not null
);
create index sessions_person on sessions (person_id, created_at);
create index sessions_expiry on sessions (expires_at);

create table sign_in_links (
  token_hash text primary key,
  email text not null,
  back text not null,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index sign_in_links_email on sign_in_links (email, expires_at);
create index sign_in_links_expiry on sign_in_links (expires_at);

create table api_tokens (
  id text primary key,
  token_hash text not null unique,
  name text not null,
  handle text not null,
  role text not null,
  organisation_id text references organisations (id),
  person_id text references people (id),
  town text not null,
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index api_tokens_person on api_tokens (person_id, created_at);

create table mails (
  id text primary key,
  recipient text not null,
  subject text not null,
  body text not null,
  made_at bigint not null,
  sent_at bigint
);
create index mails_made on mails (made_at, id);
create index mails_recipient on mails (recipient);

create table setup_codes (
  hash text primary key,
  made_at bigint not null,
  used_at bigint
);

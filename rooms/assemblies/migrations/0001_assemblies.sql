create table assemblies (
  code text collate "C" primary key,
  plan text not null,
  organisation_id text,
  opens_at bigint not null,
  closes_at bigint not null,
  published_at bigint,
  made_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index assemblies_order on assemblies (made_at, code);

-- Who can be drawn. Private. A ticket is drawn from chance and says nothing of who came when.
create table assembly_pool (
  assembly text collate "C" not null references assemblies (code),
  ticket text collate "C" not null,
  person_id text,
  entered bigint,
  own_id text not null,
  name text not null,
  email text not null,
  answers text not null,
  at bigint not null,
  primary key (assembly, ticket)
);
create unique index assembly_pool_person on assembly_pool (assembly, person_id);
create unique index assembly_pool_entered on assembly_pool (assembly, entered, own_id);
create index assembly_pool_of on assembly_pool (person_id);

-- Tables that organisers entered.
create table assembly_entered (
  assembly text collate "C" not null references assemblies (code),
  number bigint not null,
  rows_kept bigint not null,
  sha256 text not null,
  at bigint not null,
  undone_at bigint,
  primary key (assembly, number)
);

create table assembly_draws (
  assembly text collate "C" not null references assemblies (code),
  number bigint not null,
  kind text not null,
  reason text not null,
  source text not null,
  seed text not null,
  seed_sha256 text not null,
  committed_at bigint not null,
  state text not null,
  state_at bigint not null,
  fault text not null,
  value text not null,
  facts text not null,
  panel bigint,
  primary key (assembly, number)
);

-- What a draw is recomputed from. The pool is private.
create table assembly_files (
  assembly text collate "C" not null,
  draw bigint not null,
  name text not null,
  body text not null,
  primary key (assembly, draw, name)
);

create table assembly_members (
  assembly text collate "C" not null references assemblies (code),
  draw bigint not null,
  ticket text collate "C" not null,
  state text not null,
  secret_sha256 text not null,
  asked_at bigint not null,
  answer_by bigint not null,
  answered_at bigint,
  replaced_in bigint,
  primary key (assembly, draw, ticket)
);
create index assembly_members_secret on assembly_members (secret_sha256);

create table assembly_recommendations (
  assembly text collate "C" not null references assemblies (code),
  number bigint not null,
  title text not null,
  words text not null,
  at bigint not null,
  answer text,
  answered_at bigint,
  primary key (assembly, number)
);

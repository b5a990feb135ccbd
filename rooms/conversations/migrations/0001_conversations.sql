create table conversations (
  code text collate "C" primary key,
  question text not null,
  introduction text not null,
  organisation_id text,
  moderation text not null,
  entry text not null,
  opens_at bigint,
  closes_at bigint,
  published_at bigint,
  closed_at bigint,
  counted_at bigint,
  census text not null,
  about_kind text,
  about_id text,
  origin text not null,
  seed bigint not null,
  made_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index conversations_published on conversations (published_at, code) where published_at is not null;

create table conversation_facts (
  conversation text collate "C" not null references conversations (code),
  version bigint not null,
  words text not null,
  sources text not null,
  at bigint not null,
  actor text not null,
  primary key (conversation, version)
);

create table conversation_statements (
  conversation text collate "C" not null references conversations (code),
  number bigint not null,
  language text not null,
  words text not null,
  translations text not null,
  state text not null,
  reason text not null,
  merged_into bigint,
  meta boolean not null,
  pinned boolean not null,
  seeded boolean not null,
  author bigint,
  author_id text,
  at bigint not null,
  primary key (conversation, number)
);
create index conversation_statements_author on conversation_statements (author_id) where author_id is not null;

create table conversation_participants (
  conversation text collate "C" not null references conversations (code),
  number bigint not null,
  who text collate "C" not null,
  person_id text,
  district text,
  given_group text,
  joined_at bigint,
  primary key (conversation, number)
);
create unique index conversation_participants_who on conversation_participants (conversation, who);
create index conversation_participants_person on conversation_participants (person_id) where person_id is not null;
create index conversation_participants_joined on conversation_participants (conversation, joined_at);

create table conversation_reactions (
  conversation text collate "C" not null,
  participant bigint not null,
  statement bigint not null,
  stance bigint,
  important boolean not null,
  at bigint,
  primary key (conversation, participant, statement)
);
create index conversation_reactions_at on conversation_reactions (conversation, at);

create table conversation_reactions_before (
  conversation text collate "C" not null,
  participant bigint not null,
  statement bigint not null,
  stance bigint,
  important boolean not null,
  at bigint
);
create index conversation_reactions_before_of on conversation_reactions_before (conversation, participant);

create table conversation_maps (
  conversation text collate "C" primary key references conversations (code),
  version bigint not null,
  drawn_at bigint,
  waiting_since bigint,
  view text not null
);

create table conversation_snapshots (
  conversation text collate "C" not null references conversations (code),
  at bigint not null,
  reactions bigint not null,
  view text not null,
  primary key (conversation, at)
);

create table conversation_acts (
  id text primary key,
  conversation text collate "C" not null references conversations (code),
  at bigint not null,
  act text not null,
  statement bigint,
  reason text not null,
  detail text not null,
  role text not null
);
create index conversation_acts_of on conversation_acts (conversation, at, id);

create table conversation_promises (
  conversation text collate "C" not null references conversations (code),
  number bigint not null,
  words text not null,
  by_whom text not null,
  due_on text,
  statements text not null,
  at bigint not null,
  primary key (conversation, number)
);

create table conversation_challenges (
  challenge text primary key,
  at bigint not null
);

create table conversation_keys (
  id bigint primary key,
  secret text not null
);

create table comments (
  id text primary key,
  subject_kind text not null,
  subject_id text not null,
  at bigint not null,
  author text not null,
  author_id text,
  author_name text not null,
  body text not null,
  entry_id text not null
);
create index comments_subject on comments (subject_kind, subject_id, at, id);
create index comments_author on comments (author_id) where author_id is not null;

create table followers (
  subject_kind text not null,
  subject_id text not null,
  email text not null,
  language text not null,
  token_hash text not null,
  asked_at bigint not null,
  confirmed_at bigint,
  primary key (subject_kind, subject_id, email)
);
create unique index followers_token on followers (token_hash);

create table files (
  id text primary key,
  subject_kind text,
  subject_id text,
  secret_hash text not null,
  made_at bigint not null,
  width bigint not null,
  height bigint not null,
  sha256 text not null,
  picture bytea not null,
  thumbnail bytea not null
);
create index files_subject on files (subject_kind, subject_id, made_at, id);

create table links (
  from_kind text not null,
  from_id text not null,
  relation text not null,
  to_kind text not null,
  to_id text not null,
  made_at bigint not null,
  primary key (from_kind, from_id, relation, to_kind, to_id)
);
create index links_to on links (to_kind, to_id);

create table search_documents (
  subject_kind text not null,
  subject_id text not null,
  title text not null,
  body text not null,
  at bigint not null,
  number bigint not null,
  primary key (subject_kind, subject_id)
);
create unique index search_documents_number on search_documents (number);
create table search_words (
  word text collate "C" not null,
  number bigint not null,
  primary key (word, number)
);

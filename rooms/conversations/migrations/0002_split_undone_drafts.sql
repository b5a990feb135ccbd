alter table conversations add column undone_at bigint;

alter table conversation_statements add column split_from bigint;

create index conversation_reactions_important on conversation_reactions (conversation, statement) where important;

create table conversation_drafts (
  conversation text collate "C" not null references conversations (code),
  number bigint not null,
  state text not null,
  language text not null,
  asked_at bigint not null,
  asked_by text not null,
  done_at bigint,
  problem text not null,
  machine text not null,
  map_drawn_at text not null,
  left_out bigint not null,
  content text not null,
  decided_at bigint,
  primary key (conversation, number)
);

-- What facilitators write about a conversation: one draft, and editions that stay.
create table conversation_report_drafts (
  conversation text collate "C" primary key references conversations (code),
  version bigint not null,
  content text not null,
  at bigint not null,
  actor text not null
);

create table conversation_report_editions (
  conversation text collate "C" not null references conversations (code),
  edition bigint not null,
  state text not null,
  restored bigint,
  reason text not null,
  content text not null,
  figures text not null,
  at bigint not null,
  primary key (conversation, edition)
);

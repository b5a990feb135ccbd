-- Addresses that datasets name, each asked once a day, whichever datasets name it.
create table data_links (
  url text collate "C" primary key,
  -- Of one host only a few are asked at a time.
  host text not null,
  next_at bigint not null,
  asked_at bigint,
  -- The HTTP status of the last answer; null where none came.
  status bigint,
  -- Why the last time it did not answer, as a code; empty where it did.
  trouble text not null,
  failing_since bigint,
  -- How often in a row it did not answer.
  failures bigint not null,
  -- When those who publish were told; null for not yet.
  told_at bigint
);
create index data_links_due on data_links (next_at);
create index data_links_failing on data_links (failing_since) where failing_since is not null;

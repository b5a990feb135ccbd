-- What residents said after a report was sent on, each to be told once to the agency that has it. The words themselves stay where
-- they are public and are read when they are told, so that what was hidden meanwhile is not.
create table request_forward_words (
  id text primary key,
  request_id text not null references requests (id),
  organisation_id text not null,
  saying text not null,
  comment_id text,
  said_at bigint not null,
  state text not null,
  trouble text not null
);
create index request_forward_words_waiting on request_forward_words (request_id, organisation_id, state, said_at, id);

-- Stories that officers write: a question in SQL over public tables, with words in the town's languages.
create table data_stories (
  name text collate "C" primary key,
  organisation_id text not null,
  state text not null,
  -- Since when it stands there; null for a draft.
  since bigint,
  -- Its words, its SQL, and which column is what, as JSON.
  body text not null,
  made_at bigint not null,
  updated_at bigint not null,
  version bigint not null
);
create index data_stories_order on data_stories (state, updated_at);

-- How an agency is reached that answers elsewhere: by its own Open311 server, or by letter. The key is never shown again.
create table request_channels (
  organisation_id text primary key,
  way text not null,
  address text not null,
  jurisdiction text not null,
  api_key text not null,
  services text not null,
  followed_until bigint,
  asked_at bigint,
  trouble text not null
);
-- A request that was sent on, or is to be: once for each agency.
create table request_forwards (
  request_id text not null references requests (id),
  organisation_id text not null,
  way text not null,
  state text not null,
  made_at bigint not null,
  begun_at bigint,
  their_id text,
  their_token text,
  their_state text not null,
  asked_at bigint not null,
  key_hash text,
  key_until bigint,
  trouble text not null,
  primary key (request_id, organisation_id)
);
create index request_forwards_open on request_forwards (organisation_id, state, asked_at, request_id);
create unique index request_forwards_key on request_forwards (key_hash) where key_hash is not null;
-- Updates of another server that were taken, so that each is taken once.
create table request_forward_news (
  organisation_id text not null,
  update_id text not null,
  at bigint not null,
  primary key (organisation_id, update_id)
);
create index request_forward_news_at on request_forward_news (at, organisation_id, update_id);

-- Who hears of which area. An address hears of an area once.
create table alert_subscriptions (
  id text primary key,
  email text not null,
  language text not null,
  area text not null,
  district text,
  south bigint,
  north bigint,
  west bigint,
  east bigint,
  pace text not null,
  asked_at bigint not null,
  confirmed_at bigint,
  told_at bigint
);
create unique index alert_subscriptions_email on alert_subscriptions (email, area);
create index alert_subscriptions_district on alert_subscriptions (district) where confirmed_at is not null and district is not null;
create index alert_subscriptions_circle on alert_subscriptions (south, north) where confirmed_at is not null and south is not null;

-- The links of their mails, each known by its hash.
create table alert_tokens (
  token_hash text primary key,
  subscription_id text not null,
  made_at bigint not null
);
create index alert_tokens_subscription on alert_tokens (subscription_id);
create index alert_tokens_made on alert_tokens (made_at);

-- Where things are, as the record says.
create table alert_places (
  subject_kind text not null,
  subject_id text not null,
  lat_micro bigint,
  long_micro bigint,
  district text,
  due_at bigint,
  is_open boolean not null,
  primary key (subject_kind, subject_id)
);
create index alert_places_due on alert_places (due_at, subject_id) where is_open and due_at is not null;

-- What began or ended where.
create table alert_news (
  entry_id text primary key,
  at bigint not null,
  subject_kind text not null,
  subject_id text not null,
  what text not null,
  lat_micro bigint,
  long_micro bigint,
  district text
);
create index alert_news_at on alert_news (at, entry_id);
create index alert_news_district on alert_news (district, at, entry_id);

-- News that a subscription has not been told of.
create table alert_waiting (
  subscription_id text not null,
  entry_id text not null,
  at bigint not null,
  primary key (subscription_id, entry_id)
);
create index alert_waiting_at on alert_waiting (at);

create table works (
  code text primary key,
  organisation_id text not null,
  title text not null,
  words text not null,
  place text not null,
  lat_micro bigint,
  long_micro bigint,
  district text,
  from_at bigint not null,
  until_at bigint not null,
  made_at bigint not null,
  changed_at bigint not null,
  called_off_at bigint,
  version bigint not null
);
create index works_until on works (until_at, code);

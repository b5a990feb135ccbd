-- How often an address reported something today, for every process of the town: as a hash under a salt of the day.
create table moderation_salts (
  day bigint primary key,
  salt text not null
);
create table moderation_addresses (
  day bigint not null,
  who text not null,
  what text not null,
  at bigint not null,
  primary key (day, who, what)
);
-- What ended long ago, for the rules of what is not kept for ever.
create index moderation_cases_ended on moderation_cases (coalesce(appeal_at, decided_at), id) where standing = 'closed';

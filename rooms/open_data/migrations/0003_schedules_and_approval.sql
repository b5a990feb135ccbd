-- Files that are fetched again from where they came.
create table resource_fetches (
  resource_id text primary key,
  dataset_id text not null,
  url text not null,
  every_days bigint not null,
  next_at bigint not null,
  fetched_at bigint,
  -- Why the last time nothing came; empty where it did.
  trouble text not null
);
create index resource_fetches_due on resource_fetches (next_at);

-- Catalogues that are harvested by themselves; 0 for never.
alter table harvest_sources add column every_days bigint not null default 0;
alter table harvest_sources add column next_at bigint;

-- Drafts that become public later, or when another one of the agency agrees.
create table dataset_plans (
  dataset_id text primary key,
  publish_at bigint,
  submitted_by text not null,
  approved_by text not null,
  trouble text not null
);
create index dataset_plans_due on dataset_plans (publish_at) where publish_at is not null;

-- Agencies where one submits and another one publishes.
create table data_agencies (
  organisation_id text primary key,
  approves boolean not null
);

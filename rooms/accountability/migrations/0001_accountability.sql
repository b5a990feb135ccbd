create table commitments (
  code text primary key,
  organisation_id text not null,
  title text not null,
  summary text not null,
  district text,
  lat_micro bigint,
  long_micro bigint,
  currency text not null,
  budgeted_cents bigint,
  contracted_cents bigint,
  paid_cents bigint,
  state text not null,
  state_at bigint not null,
  promised_at bigint not null,
  due_at bigint not null,
  updated_at bigint not null,
  closed_at bigint,
  -- Open ones by the day they are due, so that what is late comes first; then what is closed, the newest first.
  place_in_list bigint not null,
  -- Whether the town has said that it is late.
  late_said boolean not null,
  version bigint not null
);
create index commitments_list on commitments (place_in_list, code);
create index commitments_district on commitments (district, place_in_list, code);
create index commitments_organisation on commitments (organisation_id, place_in_list, code);
create index commitments_due on commitments (due_at, code) where closed_at is null;
create index commitments_closed on commitments (closed_at, code) where closed_at is not null;

create table commitment_steps (
  -- Everything that was said and done about a commitment: nothing here is ever changed.
  id text primary key,
  code text not null references commitments (code),
  at bigint not null,
  saying text not null,
  actor text not null,
  agency text not null,
  body text not null,
  link text not null,
  detail text not null
);
create index commitment_steps_code on commitment_steps (code, at, id);

create table commitment_milestones (
  code text not null references commitments (code),
  position bigint not null,
  title text not null,
  due_at bigint not null,
  done_at bigint,
  primary key (code, position)
);

create table commitment_opinions (
  -- Whether it helped those who asked: each person once for each time it was kept. Private; the public sees counts.
  code text not null references commitments (code),
  kept_at bigint not null,
  who text not null,
  answer text not null,
  at bigint not null,
  primary key (code, kept_at, who)
);
create index commitment_opinions_who on commitment_opinions (who);

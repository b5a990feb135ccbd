create table appointment_plans (
  -- Where and when a service sees people: one for each place.
  id text primary key,
  service text not null references services (code),
  place text not null,
  -- Lines as `mon-fri 09:00-12:00`.
  week text not null,
  -- Lines as `2026-12-24 closed` or `2026-12-23 09:00-11:00`.
  exceptions text not null,
  minutes bigint not null,
  capacity bigint not null,
  ahead_days bigint not null,
  is_open boolean not null,
  version bigint not null,
  updated_at bigint not null
);
create index appointment_plans_service on appointment_plans (service, id);

create table appointments (
  id text primary key,
  plan text not null references appointment_plans (id),
  service text not null,
  -- The hash of a draft's secret, or the code of an application.
  owner text not null,
  begins_at bigint not null,
  ends_at bigint not null,
  -- Which of the places of that time, from 0.
  seat bigint not null,
  state text not null,
  -- Until when it is held for a draft; null otherwise.
  held_until bigint,
  made_at bigint not null,
  reminded_at bigint,
  marked_by text not null
);
-- Whatever happens at once: a place is given once.
create unique index appointments_seat on appointments (plan, begins_at, seat) where state <> 'cancelled';
create index appointments_day on appointments (plan, begins_at, ends_at);
create index appointments_owner on appointments (owner, begins_at);
create index appointments_remind on appointments (begins_at) where state = 'booked' and reminded_at is null;
create index appointments_held on appointments (held_until) where state = 'held';

create table appointment_waits (
  -- Who waits for a place, in the order in which they asked. One line for each application.
  owner text primary key,
  id text not null,
  plan text not null references appointment_plans (id),
  service text not null,
  -- The day, as 2026-12-01; empty for the first place on any day.
  day text not null,
  asked_at bigint not null
);
create index appointment_waits_plan on appointment_waits (plan, asked_at, id);

create table payments (
  -- What is owed for an application: one line where its service asks for a fee, also where nothing is to be paid or it is not known.
  id text primary key,
  application text not null unique,
  service text not null,
  organisation_id text not null,
  -- Null as long as the amount is not known.
  amount_cents bigint,
  state text not null,
  -- Why: the rule's trace, what is not known, or the officer's reason.
  reason text not null,
  -- Who took the money: counter, or the name of a provider; empty before.
  taken_by text not null,
  reference text not null,
  made_at bigint not null,
  changed_at bigint not null,
  paid_at bigint,
  refunded_at bigint,
  version bigint not null
);
create index payments_organisation on payments (organisation_id, made_at, id);
create index payments_service on payments (service, state);
create index payments_refunding on payments (changed_at) where state = 'refunding';

create table payment_steps (
  -- What was done, and by whom; what a provider told has the provider's own number, so that it is taken once.
  id text primary key,
  payment text not null,
  at bigint not null,
  what text not null,
  actor text not null,
  body text not null,
  provider text not null,
  event text not null
);
create unique index payment_steps_event on payment_steps (provider, event) where event <> '';
create index payment_steps_payment on payment_steps (payment, at, id);

create table payment_keys (
  -- The secret with which a provider signs what it tells.
  provider text primary key,
  secret text not null
);

create table sandbox_charges (
  -- What the sandbox remembers, as a provider would: apart from what we hold.
  reference text primary key,
  order_key text not null unique,
  payment text not null,
  amount_cents bigint not null,
  state text not null,
  at bigint not null
);

create table webhooks (
  id text primary key,
  url text not null,
  note text not null,
  kinds text not null,
  secret text not null,
  old_secret text,
  old_secret_until bigint,
  state text not null,
  created_at bigint not null,
  from_position bigint not null,
  failures bigint not null,
  failing_since bigint,
  next_at bigint not null
);

create table webhook_deliveries (
  webhook_id text not null references webhooks (id),
  position bigint not null,
  saying text not null,
  state text not null,
  attempts bigint not null,
  made_at bigint not null,
  tried_at bigint,
  status bigint,
  error text not null,
  primary key (webhook_id, position)
);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, position) where state = 'waiting';
create index webhook_deliveries_made on webhook_deliveries (webhook_id, made_at, position);
create index webhook_deliveries_done on webhook_deliveries (made_at) where state <> 'waiting';

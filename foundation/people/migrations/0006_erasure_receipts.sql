-- What was taken away when somebody left, in numbers, for a day, under a secret that only they have. Never whose it was.
create table erasure_receipts (
  secret_hash text primary key,
  made_at bigint not null,
  receipt text not null
);
create index erasure_receipts_made on erasure_receipts (made_at);

-- When work that comes again and again is put into the outbox next.
create table job_schedule (
  kind text primary key,
  next_at bigint not null
);

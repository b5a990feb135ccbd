-- When a proposal had enough supports by itself, and the day that follows from it; what a merger carries stands beside it, in
-- `reached_at` and `answer_due_at`, and goes when the two are separated.
alter table proposals add column own_reached_at bigint;
alter table proposals add column own_due_at bigint;
update proposals set own_reached_at = reached_at, own_due_at = answer_due_at
  where reached_at is not null and not exists
    (select 1 from proposals other where other.merged_into = proposals.code and other.state = 'merged'
      and other.reached_at = proposals.reached_at);

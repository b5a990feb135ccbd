-- Since when a promised end stands that was set after the report: what was promised late, or is over at once, is no old news.
alter table requests add column due_since bigint;
-- Clocks that ran again by themselves before this was kept.
update requests set due_since = (
  select max(h.at) from request_history h
  where h.request_id = requests.id and h.saying = 'request.continued' and h.detail like '%"by":"clock"%'
) where closed_at is null and due_at is not null and waiting_since is null;
-- Waits that may have begun before clocks ran again by themselves: whose time was up by now runs again from now. Emptied at the first look.
create table request_waits_of_old (
  request_id text primary key
);
insert into request_waits_of_old (request_id) select id from requests where waiting_since is not null and closed_at is null;

-- When an agency first answered in public, for the figures of how well the town serves.
alter table requests add column answered_at bigint;
update requests set answered_at = (
  select min(h.at) from request_history h
  where h.request_id = requests.id and h.saying in ('request.answered', 'request.resolved', 'request.declined')
);

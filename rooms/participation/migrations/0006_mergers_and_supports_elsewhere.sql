-- Why it was merged, in the town's words; empty where it is not, and for mergers from before reasons were asked for.
alter table proposals add column merged_why text not null default '';
-- Supports it had in another system before it was taken over: shown, and counted towards nothing here.
alter table proposals add column supports_elsewhere bigint not null default 0;
update proposals set supports_elsewhere = supports -
  (select count(*) from proposal_supports where proposal_supports.proposal = proposals.code and proposal_supports.counted)
  where code in (select proposal from proposal_origins);
update proposals set supports = supports - supports_elsewhere, points = points - supports_elsewhere
  where supports_elsewhere > 0;

-- Supports with a grade, and supports that count only once somebody gave as many as the process asks for.
alter table proposal_supports add column grade bigint not null default 1;
alter table proposal_supports add column counted boolean not null default true;
alter table proposals add column points bigint not null default 0;
update proposals set points = supports;

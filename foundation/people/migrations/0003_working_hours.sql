-- When an organisation works, a line for each; without any it works as the town does. Holidays come on top of the town's.
alter table organisations add column hours text not null default '';
alter table organisations add column holidays text not null default '';

-- How much was granted (also while it is proposed or appealed against), and why that is another amount than the rules say.
alter table applications add column granted_cents bigint;
alter table applications add column granted_why text not null default '';

-- Which answers of a draft were taken from what the town already held, and from where: a JSON list.
alter table service_drafts add column prefilled text not null default '[]';

-- The code of the agency that spoke, instead of its English name: each reader sees it in their language.
alter table request_history rename column actor_name to agency;

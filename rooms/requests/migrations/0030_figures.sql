-- The counted reports of a day (of UTC, by its number since 1970), in short: see figures/block.rs.
create table figure_days (
  day bigint primary key,
  built_at bigint not null,
  block bytea not null
);
-- Days whose reports changed since, with the place in the record of the last change.
create table figure_days_changed (
  day bigint primary key,
  position bigint not null
);
-- How often reported matters are reported again, by district and category.
create table figure_reporting (
  district text not null,
  category text not null,
  matters bigint not null,
  watched_seconds bigint not null,
  repeats bigint not null,
  primary key (district, category)
);
-- Districts that have waited longer than the town for the same mix, as long as they do.
create table figure_gaps (
  district text primary key,
  opened_at bigint not null,
  ratio double precision not null,
  low double precision not null,
  high double precision not null
);

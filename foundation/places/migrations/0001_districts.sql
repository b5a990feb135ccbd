create table district_sets (
  id text primary key,
  kept_at bigint not null,
  sha256 text not null,
  geojson text not null,
  in_force_at bigint
);
create index district_sets_in_force on district_sets (in_force_at, id) where in_force_at is not null;

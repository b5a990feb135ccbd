-- What the town has set for itself on its own pages, by key; the settings file and the environment go over it.
create table town_settings (
  key text primary key,
  value text not null,
  set_at bigint not null
);

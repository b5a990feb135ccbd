create table service_trials (
  -- A draft that residents may try. It is kept as it was shown, so that what is said stays about what was seen.
  service text primary key references services (code),
  at bigint not null,
  actor text not null,
  definition text not null,
  is_open boolean not null,
  -- How often it was shown.
  number bigint not null
);

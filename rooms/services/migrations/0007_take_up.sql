create table service_population (
  -- The households of the town as it describes them: one row, replaced as a whole.
  id text primary key,
  -- Where the description comes from, in the words of who brought it.
  source text not null,
  is_simulated boolean not null,
  at bigint not null,
  actor text not null,
  -- A table: names of facts, and rows of district, households and facts.
  body text not null
);

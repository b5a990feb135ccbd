-- What lists count by and draw by chance from, without reading a word of a proposal.
create index proposals_listed on proposals (district, process, category, state, shuffle, code, submitted_at) where submitted_at is not null;
create index proposals_of_process_listed on proposals (process, category, district, state, shuffle, code, submitted_at) where submitted_at is not null;
-- Of what was found by words: the same, by code.
create index proposals_found on proposals (code, submitted_at, district, process, category, state);

-- What lists count by and draw by chance from, without reading a word of a proposal.
create index proposals_listed on proposals (district, process, category, state, shuffle, code) where submitted_at is not null;

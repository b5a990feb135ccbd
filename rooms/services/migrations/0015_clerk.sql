-- The pseudonym of the clerk who entered it with the applicant present, or on the telephone; empty where the applicant wrote it.
alter table applications add column clerk text not null default '';

-- What a joint applicant answered for themselves, as JSON by name; empty where they were asked nothing, or have not said that they apply too.
alter table co_applicants add column answers text not null default '';

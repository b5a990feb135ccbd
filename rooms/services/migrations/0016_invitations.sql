-- Until when the link of somebody who was named opens the question whether they apply too; null while it is a draft, and for who has no
-- address. Links that were sent before there was an end hold for 14 days (in microseconds) from when they were named.
alter table co_applicants add column expires_at bigint;
update co_applicants set expires_at = added_at + 1209600000000 where secret_hash <> '' and email is not null;

-- Who may take part: on a roll that names nobody, with what the rule asks of its people.
alter table conversations add column eligible text not null default '{}';
alter table conversations add column roll_print text not null default '';

create table conversation_roll (
  conversation text collate "C" not null references conversations (code),
  name text collate "C" not null,
  taken boolean not null,
  primary key (conversation, name)
) /* without rowid */;

-- At which level somebody came in: pseudonym, account or roll; empty where they were taken over or simulated.
alter table conversation_participants add column level text not null default '';
update conversation_participants set level = 'pseudonym' where who like 'voice:%';
update conversation_participants set level = 'account' where who like 'person:%';

-- How the facts came into each language: written, by a human or by a machine.
alter table conversation_facts add column original text not null default '';
alter table conversation_facts add column translated text not null default '{}';

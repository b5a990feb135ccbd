-- What somebody answered is read with every page: the index has it all, and no row is looked up.
create index conversation_reactions_own on conversation_reactions (conversation, participant, statement, stance, important, at);

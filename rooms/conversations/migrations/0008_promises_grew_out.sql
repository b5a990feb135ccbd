-- Promises from before they were matters of their own grew out of their conversations too.
insert into links (from_kind, from_id, relation, to_kind, to_id, made_at)
  select 'promise', conversation || '.' || cast(number as text), 'grew-out-of', 'conversation', conversation, at
  from conversation_promises where true
  on conflict do nothing;

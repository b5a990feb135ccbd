-- A document that is changed or taken away is found by its number; without this, each time all words of all documents are read.
create index search_words_number on search_words (number);

//! What any subject can have: comments, followers, files, links and a place in the search.

door-search = Search
search-title = Search
search-label = Words to look for
search-button = Search
search-hint = Type a street, a kind of problem or a reference like R-7K2M.
search-none = Nothing found for “{ $query }”
search-none-text = Try fewer words, or the beginning of a word.
search-more = There are older ones too: add a word to find them.
search-found = { $count ->
    [one] One result, newest first
   *[other] { $count } results, newest first
}
follow-title = Follow by e-mail
follow-what = This is about the matter
follow-confirm = Yes, send me news
follow-not = No, forget my address
follow-leave = Stop sending me news
flash-comment = Your comment is on the page.
flash-follow = We have sent you a mail. Open the link in it to confirm.
flash-followed = You will get a mail whenever something happens.
flash-unfollowed = You will get no more mail about this.
saying-comment-added = { $by } commented on { $subject }.
commons-mail-confirm-subject = Please confirm: news about { $what }
commons-mail-confirm-body =
    Somebody, probably you, asked for news about { $what }.

    To confirm, open this page and press the button:
    { $link }

    If it was not you, do nothing: you will get no more mail.
commons-mail-news-subject = { $what }: { $sentence }
commons-mail-news-body =
    { $sentence }

    Read it here:
    { $link }

    No more mail about this:
    { $out }
refusal-comment-empty = Please write something before sending.
refusal-comment-too-long = A comment may have at most { $most } characters.
refusal-email-unreadable = This is not an e-mail address we can write to. It looks like name@example.org.
refusal-subject-too-new = This matter is only just being recorded. Please try again in a few seconds.
refusal-photo-too-large = The photo may have at most { $most } MB. Please choose a smaller one.
refusal-photo-kind = This is not a photo we can read. Please send a JPEG, PNG or WebP file.
refusal-photo-too-many-pixels = The photo is too large: at most { $most } million pixels. Please send a smaller one.
refusal-photo-broken = The photo is damaged and cannot be read. Please choose another.
retention-commons-loose-photos = Photos that belong to no report, after they were sent
retention-commons-unconfirmed-followers = Addresses that asked for news and never confirmed it, after they asked
talk-comments = Comments
talk-count = { $count ->
    [0] Nobody has commented yet.
    [one] One comment
   *[other] { $count } comments
}
talk-label = Add a comment
talk-hint = It is public. Say what helps, and be kind.
talk-button = Add the comment
talk-sign-in = Sign in to comment
talk-follow = Follow
talk-followers = { $count ->
    [0] Nobody follows this yet.
    [one] One person follows this.
   *[other] { $count } people follow this.
}
talk-email = Your e-mail address
talk-follow-button = Send me news
talk-rss = Follow by RSS
talk-reply = Reply
talk-reply-to = Reply to { $name }
talk-gone = The account of who wrote this was deleted, and the words with it.
talk-more = { $count ->
    [one] One more answer in this thread
   *[other] { $count } more answers in this thread
}
talk-all = All comments, in another order
talk-order = Order
talk-order-oldest = Oldest first
talk-order-newest = Newest first
talk-order-answered = Most answered first
talk-thread = One thread
talk-back = Back to the matter
talk-write-label = Your words
refusal-talk-order-unknown = Comments are sorted by oldest, newest or answered.
refusal-comment-reply-gone = The comment you answer is not there any more, or its words are hidden. You can still add a comment of your own.
refusal-document-empty = The file is empty. Please choose another.
refusal-document-large = A file may have at most { $most } MB. Please send a smaller one.
refusal-document-kind = We take PDF, text, and documents of LibreOffice or Microsoft Office without macros. This file is none of these, whatever it is called.
talk-side = Your comment is (optional)
talk-side-none = no side taken
talk-side-for = In favour
talk-side-against = Against
talk-side-neutral = Neutral
talk-sides-all = All comments
refusal-comment-side = A comment is for, against or neutral, or takes no side.
refusal-comment-no-sides = Comments here take no sides.

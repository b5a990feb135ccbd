data-links = Links
data-links-failing = { $count ->
    [one] 1 link does not answer:
   *[other] { $count } links do not answer:
}
data-links-since = { $what }, since { $date }: { $why }
data-links-desk = { $count ->
    [one] 1 link does not answer, since { $date }
   *[other] { $count } links do not answer, the first since { $date }
}
data-links-asked = { $count ->
    [one] 1 link, asked once a day; last on { $date }.
   *[other] { $count } links, each asked once a day; last on { $date }.
}
data-links-not-yet = Its links have not been asked yet; each is asked once a day.
data-links-none = It names no addresses of other sites.
data-links-check = Check the links now
data-link-page = its page
data-link-licence = its licence
data-link-contact = whom to ask
data-link-file = a file
data-link-status = the answer is HTTP { $status }
data-link-private = its host is not in the public network
data-link-unknown = its host is not known
data-link-redirected = it leads on and on
data-link-slow = the answer takes too long
data-link-address = it is no address that can be asked
data-link-broken = there is no good connection
quality-links-advice = Put right or take away the links that do not answer.
flash-dataset-links = The links are being asked. Open this page again in a minute.
data-links-mail-subject = { $count ->
    [one] A link of your data does not answer
   *[other] { $count } links of your data do not answer
}
data-links-mail-body = { $count ->
    [one] This address has not answered for three days. Put it right or take it away:
   *[other] These { $count } addresses have not answered for three days. Put them right or take them away:
}
data-links-mail-line = { $title }
    { $url }
    not answering since { $date }
    { $link }
data-links-mail-more = { $count ->
    [one] And 1 more, at your desk.
   *[other] And { $count } more, at your desk.
}

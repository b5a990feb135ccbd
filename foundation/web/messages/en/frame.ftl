frame-skip = Skip to main content
frame-nav = Main
frame-menu = Menu
frame-sign-in = Sign in
frame-sign-out = Sign out
frame-languages = Languages
frame-demo = This is a demo town, where it is { $date }. Who would you like to be?
frame-demo-label = Demo
frame-open-heading = { $town } is run in the open
frame-open-text = Every decision and every report here has a page, a feed and an entry in the public record. The software is free and its code is public.
frame-help = Help
frame-help-contact = Contact and help
frame-help-accessibility = Accessibility statement
frame-help-privacy = Your data and privacy
frame-help-retention = What is not kept for ever
frame-openness = Open
frame-openness-record = Public record
frame-openness-developers = API and downloads
frame-openness-source = Source code
frame-twins = This page as data:
form-problems = { $count ->
    [one] There is one problem
   *[other] There are { $count } problems
}
form-error = Error:
parts-home = Home
parts-crumbs = Where you are
parts-pages = Pages of this list
parts-first = Back to the first page
parts-next = Next page
parts-none = Not given
parts-change = Change
parts-internal = Internal: only staff can see this
parts-official = Answer from the town

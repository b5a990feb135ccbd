# What is to come, who reports, gaps, and the sheet of a district.

subject-district-figures = Figures of a district
saying-figures-gap-opened = { $district } has waited longer than the town, or had more promises broken, for the same mix of reports in two periods in a row.
saying-figures-gap-closed = { $district } waits no longer, and has no more promises broken, than the town for the same mix of reports.
mail-gap-subject = { $district } is served later than the rest of the town
mail-gap-body =
    In two periods of four weeks in a row, reports from { $district } took clearly longer to end than the town's average for the same mix of categories: in the last one { $ratio } times as long (between { $low } and { $high } with 95% certainty).

    The figures cannot say why. This is what they show:
    { $link }

    You get this mail once, because you are an administrator or analyst of the town. The alert is public, and closes by itself when two periods in a row do not show the gap any more.
mail-gap-broken-body =
    In two periods of four weeks in a row, promises to { $district } were broken clearly more often than to the rest of the town, for the same mix of categories: in the last one { $ratio } more of a hundred (between { $low } and { $high } with 95% certainty, n = { $n }).

    The figures cannot say why. This is what they show:
    { $link }

    You get this mail once, because you are an administrator or analyst of the town. The alert is public, and closes by itself when two periods in a row do not show the gap any more.
gap-title = Gap
figures-gap = { $district } has waited clearly longer than the town for the same mix of reports in two periods of four weeks in a row: { $ratio } times as long ({ $low }–{ $high }). Known since { $since }.

backlog-title = Open reports and what to expect
backlog-chart = Open reports day by day, with a forecast for two weeks
backlog-chart-desc = The line is what was open at the end of each day; the dashed line is what is expected, and in 95 of 100 cases the true number lies within the band around it.
backlog-now = { $count } open
backlog-interval = { $value } ({ $low }–{ $high })
backlog-expected = On { $day } about { $value } reports will be open, in 95 of 100 cases between { $low } and { $high }.
backlog-too-short = No forecast yet: it needs { $least } complete days of reports, and there are { $days }.
backlog-not = No forecast can be made of these days.
backlog-day = Day
backlog-value = Expected open
backlog-range = 95 of 100 cases
backlog-ahead = The next two weeks
backlog-days = Day by day
backlog-how = The forecast is exponential smoothing with a damped trend and a weekly season; its band is as wide as its own errors in the past. It carries on what was, and knows of no storm and no feast.
backlog-all = All days as a table

reporting-title = How soon problems are reported
reporting-all = A problem waits about { $days } for its first report, judging by how often reported ones are reported again ({ $repeats } repeats of { $matters } matters).
reporting-days = { $days } days ({ $low }–{ $high })
reporting-too-few = Not enough to say: there are { $count } repeats (merged reports and “me too”), and an estimate needs { $least }.
reporting-not = Nothing can be said of these reports.
reporting-too-few-here = Not enough repeats
reporting-later = Reported less readily
reporting-sooner = Reported more readily
reporting-ratio = Readiness, for the same mix
reporting-days-head = Days until the first report
reporting-matters = Matters
reporting-repeats = Repeats
reporting-how = What nobody reports, nobody can count. But after a first report, further ones for the same matter (merged reports and “me too”, until it ends, at most 100 days) show how fast people report what is there. This assumes that people go on reporting at the same rate, that what is never reported is of the same kind, and that repeats are found equally well everywhere; whoever sees a matter on the map and does not report it again makes the days look longer than they are. Ranges hold in 95 of 100 cases.

district-title = How well we serve { $district }
district-summary = { $reports } reports; time until half had ended: { $median }, until nine of ten: { $p90 }; { $open } are open, { $overdue } of them overdue.
district-pdf = Sheet to print (PDF)
district-svg = Sheet as a picture (SVG)
district-reports = Reports of this district
district-paper = The sheet
district-answer = until half had a first answer
district-open = reports are open
district-median-between = { $low } to { $high }, n = { $count }
district-compared = Compared with the town, for the same mix
district-compared-text = How many times as long an end takes as on average, if all districts reported the same things; in brackets the 95% interval.
district-average = the town's average
district-promises = Promised and kept
district-kept = { $kept } of { $promised } promises whose time has come were kept: { $share }% ({ $low }–{ $high }%). What is open and overdue counts as not kept, and so does what was moved after it ran out.
district-no-promises = No promise has run out yet.
district-categories = Reported most
district-reporting-not = Not enough repeats in this district to say how soon problems are reported.
district-how = Counted are the reports of residents in the year up to the newest one; what was withdrawn or merged is left out. Differences that remain may have many reasons: they are a question to ask, not a verdict.
district-source = The town's own figures, { $date }. The same for everybody, with how they are counted: { $link }

district-answer-p90 = nine of ten: { $time }
district-of-all = n = { $count }, { $ended } of them ended
district-of-open = { $count } of them overdue; half open for { $age }
district-broken = Broken for the same mix, beside the other districts: { $word } ({ $value }).
figures-not-yet = not yet
figures-answer-p90 = First answer, 9 of 10
figures-age = Half open for
figures-over-90 = Open over 90 days
figures-ages = Of { $open } open reports half have been open for { $median } or less and nine of ten for { $p90 } or less; { $month } for more than 30 days, { $quarter } for more than 90.
figures-kept-moved = Of { $kept } promises kept, { $moved } were kept after being moved. { $broken } open reports have a broken promise that was moved to later; they count as not kept.
figures-broken = Broken promises, for the same mix
figures-broken-more = More often
figures-broken-less = Less often
figures-points = { $value } of a hundred ({ $low } to { $high }), n = { $count }
figures-with-n = { $value }, n = { $count }
figures-gap-broken = { $district } has had clearly more broken promises than the rest of the town for the same mix of reports in two periods of four weeks in a row: { $ratio } more of a hundred ({ $low }–{ $high }, n = { $n }). Known since { $since }.
backlog-chart-plain = Open reports day by day
backlog-chart-desc-plain = The line is what was open at the end of each day.

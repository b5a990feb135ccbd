budget-title = Who funded what
budget-summary = { $selected } of { $all } projects, { $spent } of { $budget }, { $voters } voters
budget-full = supporters who paid the full price
budget-rest = supporters who gave all they had left
budget-beside = not out of voters’ shares
budget-paid = { $cost } · { $full } in full, { $rest } all they had
map-title = Map of opinions: { $count ->
    [one] one person
   *[other] { $people } people
}{ $groups ->
    [0] , not divided
   *[other] {" "}in { $groups } groups
}
map-group = Group { $group }
map-heading = Group { $group }: { $count ->
    [one] one person
   *[other] { $people } people
}
map-agrees = agrees
map-disagrees = disagrees
map-near = People who answer alike stand near each other.
map-axes = Across: { $across }% of all differences; up: { $up }%. Seed { $seed }.
map-dots = One dot stands for { $people } people.
map-most-agree = Most agree
map-most-disagree = Most disagree
warning-too-few-people = { $count ->
    [0] There are no clear groups: nobody is on the map.
    [one] There are no clear groups: one person on the map cannot be divided.
   *[other] There are no clear groups: { $people } people on the map are too few, or too alike, to divide.
}
warning-not-separated = There are no clear groups: votes that have nothing to do with each other divide as well.
warning-gradual = Opinions are a range rather than camps: one cloud of the same spread divides as well. Many people stand near the line between groups.
warning-not-stable = There are no clear groups: half of the people give other groups.
warning-number-unsure = How many groups there are is not sure.
warning-group-not-stable = Group { $group } is not firm: half of the people give it back only partly.
warning-separation-not-measured = Whether there are groups at all was not measured.
warning-stability-not-measured = Whether the groups are stable was not measured.
warning-axes-not-exact = Two directions of opinion matter almost equally, so the picture may turn.
ranked-elected = Elected: { $names }
ranked-first = First: { $names }
ranked-nobody = nobody
ranked-round = round { $round }
ranked-points = { $total } points
ranked-votes = { $total } votes
ranked-approvals = { $total } approvals
ranked-grades = How many gave each grade, the best first; the line is the middle.
ranked-pairs = How many put the row above the column; blue where they are more.

places-title = Districts
places-name = District
places-code = Code
places-none = No districts yet
places-none-text = Reports can already be made anywhere. Districts give them a home, and the town its map.
places-map-desc = Map of { $count } districts. The list beside it leads to each of them.
places-area = { $area } square kilometres
places-open = Open reports here
places-set-title = Set the districts
places-set-present = { $count ->
    [0] The town has no districts yet.
    [one] The town has one district.
   *[other] The town has { $count } districts.
}
places-set-file = GeoJSON file
places-set-file-hint = Polygons in WGS 84 (EPSG:4326), up to 20 MB. You will see what is in it before anything changes.
places-set-look = Look at the file
places-set-found = { $count ->
    [one] One district in this file
   *[other] { $count } districts in this file
}
places-set-notes = Please look at this first
places-set-agree = Put these districts in force
places-set-not = Choose another file
places-note-rewound = These features had their borders drawn the wrong way round; they were turned: { $features }.
places-note-name = These features have no name, so one was made: { $features }.
places-note-code = These features have no code, so one was made: { $features }.
places-note-overlap = “{ $one }” and “{ $other }” claim the same ground.
places-note-not-all = There are so many districts that not all pairs were compared.
flash-districts = The new districts are in force.
saying-districts-set = The town set its districts: { $districts }.
subject-districts = Districts
refusal-districts-gone = These districts are in force already, or the file was thrown away. Choose the file again.
refusal-boundary-empty-file = The file is empty. Choose a GeoJSON file with the districts of the town.
refusal-boundary-too-many-bytes = The file has { $bytes } bytes; at most { $most } can be read. Simplify the boundaries and try again.
refusal-boundary-not-json = The file is not JSON: { $reason }.
refusal-boundary-repeated-key = The file contradicts itself: { $reason }. Each key may appear once in an object.
refusal-boundary-not-geo-json = The file is JSON but not GeoJSON: { $reason }.
refusal-boundary-no-features = The file has no district: its list of features is empty.
refusal-boundary-too-many-features = The file has { $features } features; at most { $most } districts can be kept.
refusal-boundary-too-many-positions = The boundaries have more than { $most } positions in all. Simplify them and try again.
refusal-boundary-ring-too-long = The ring at { $at } has { $positions } positions; a ring may have { $most }. Simplify it.
refusal-boundary-no-geometry = There is no geometry at { $at }. Every district needs a Polygon or a MultiPolygon.
refusal-boundary-wrong-geometry = The geometry at { $at } is a { $found }. A district must be a Polygon or a MultiPolygon.
refusal-boundary-bad-coordinates = The coordinates at { $at } are not what GeoJSON asks for: { $reason }.
refusal-boundary-ring-too-short = The ring at { $at } has { $positions } positions; it needs four or more, the last one equal to the first.
refusal-boundary-ring-encloses-nothing = The ring at { $at } encloses nothing: its positions lie on one line.
refusal-boundary-ring-not-closed = The ring at { $at } is not closed: its last position must equal its first.
refusal-boundary-projected = The numbers at { $at } ({ $x }, { $y }) look like metres of a map projection. Export the file in WGS 84 (EPSG:4326), in degrees.
refusal-boundary-other-reference-system = The file says it uses “{ $name }”. Export it in WGS 84 (EPSG:4326), in degrees.
refusal-boundary-looks-swapped = The position at { $at } ({ $x }, { $y }) looks swapped. GeoJSON writes longitude first, then latitude.
refusal-boundary-outside-earth = The position at { $at } ({ $x }, { $y }) is outside the Earth: longitude runs from -180 to 180, latitude from -90 to 90.
refusal-boundary-crosses-itself = The ring at { $at } crosses itself near longitude { $x }, latitude { $y }.
refusal-boundary-parts-clash = What is drawn at { $at } does not fit the rest: { $reason }.
refusal-boundary-repeated-code = The code “{ $code }” is given to feature { $first } and to feature { $second }. Every district needs its own.

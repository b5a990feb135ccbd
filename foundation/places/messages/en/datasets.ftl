own-districts-title = Districts of the town
own-districts-notes = The districts in force, one row each: code, name, area and a point inside, to be joined with the district codes of other tables. Their borders are at /districts.geojson. Made anew every day.
own-districts-district = The code of the district
own-districts-name = What it is called
own-districts-area = Its area in square kilometres
own-districts-lat = Degrees north of a point inside
own-districts-long = Degrees east of a point inside

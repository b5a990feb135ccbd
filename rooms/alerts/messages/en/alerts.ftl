door-alerts = Near you
subject-works = Works
saying-works-announced = { $organisation } announced works { $subject }.
saying-works-changed = { $organisation } changed the works { $subject }.
saying-works-called-off = { $organisation } called off the works { $subject }.
alerts-title = What happens near you
alerts-lead = Hear of new reports, of what was put right, and of planned works: by e-mail, as a feed, or in your calendar. No account needed.
alerts-form = Choose an area
alerts-district = District
alerts-no-district = No district chosen
alerts-circle = Or all around a place
alerts-map = The middle of your area
alerts-map-keys = Arrow keys move the pin, with Shift in larger steps; plus and minus zoom. Tab goes on.
alerts-map-role = map with a pin
alerts-map-nowhere = No pin yet. Press an arrow key or Enter to put it in the middle of the map.
alerts-here = Use where I am
alerts-here-failed = Your device did not say where you are. Click the map, or enter coordinates.
alerts-lat = Latitude
alerts-long = Longitude
alerts-radius-label = How far around it
alerts-metres = { $metres } m
alerts-show = Show what is new there
alerts-by-mail = By e-mail
alerts-email-label = Your e-mail address
alerts-email-hint = We first send a link to confirm it. Each mail has a link to stop.
alerts-pace = How often
alerts-pace-daily = Once a day, in the morning, if there is something new
alerts-pace-at-once = As soon as there is something new
alerts-button = Send me news
alerts-news = New in town
alerts-news-of = New: { $area }
alerts-calendar = Calendar (.ics)
alerts-none = Nothing new here
alerts-none-text = Nothing began or ended here in the last weeks.
alerts-area-district = { $district }
alerts-area-circle = { $metres } m around { $lat }, { $long }
alerts-what-began = New
alerts-what-changed = Changed
alerts-what-ended = Ended
alerts-feed-title = News near you: { $area }
alerts-promised = Promised end: { $title }
alerts-mail-title = Your news by e-mail
alerts-confirm = Yes, send me news
alerts-not = No, forget my address
alerts-change = Change how often
alerts-leave = Stop these mails
flash-alerts-asked = We have sent you a mail. Open its link to confirm.
flash-alerts-confirmed = Confirmed. You hear from us when something happens here.
flash-alerts-changed = Changed.
flash-alerts-left = Stopped. Your address is forgotten.
alerts-mail-confirm-subject = Please confirm: news of { $area }
alerts-mail-news-subject = { $area }: { $count } new
works-title = Planned works
works-lead = What public bodies do in the streets, and when.
works-none = No works are announced
works-none-text = When a public body announces some, they are here, in the feed and in the calendar.
works-when = { $from } to { $until }
works-planned = Planned
works-under-way = Under way
works-over = Over
works-called-off = Called off
works-new = Announce works
works-edit = Change this announcement
works-call-off = Call these works off
works-yours = For your agency
works-calendar = Into my calendar
works-facts = Facts
works-map-alt = Where it is on the map
works-where = Place
works-where-hint = As “Mill Lane, from number 2 to 18”.
works-district = District
works-or-district = District, if there is no pin
works-agency = Agency
works-listen = Hear of what happens here
works-title-label = What is done
works-title-hint = In a line, as “New water pipes”.
works-from = From
works-until = Until
works-words = What residents should know
works-words-hint = Optional: closed lanes, other ways, noise, whom to ask.
works-button = Publish
flash-works-announced = The works are announced.
flash-works-changed = The announcement is changed.
flash-works-called-off = The works are called off. Calendars show it.
refusal-alerts-place = Latitude is a number from -90 to 90 and longitude from -180 to 180; both are needed.
refusal-alerts-radius = Choose one of the distances that are offered.
refusal-alerts-district = There is no such district here.
refusal-alerts-area = Choose a district, or put a pin on the map.
refusal-alerts-email = This is not an e-mail address. Write it as name@example.org.
refusal-alerts-many = One address can hear of { $most } areas. Stop one first, by the link in its mails.
refusal-works-title = Say what is done, in up to { $most } characters.
refusal-works-text = This text is longer than { $most } characters, or holds some that cannot be shown.
refusal-works-place = Put a pin on the map, or choose a district.
refusal-works-outside = This place is { $metres } metres outside the town.
refusal-works-moment = Choose a day and a time.
refusal-works-order = The end must come after the beginning.
refusal-works-over = These works would be over already. Choose an end in the future.
refusal-works-long = Works begin and end within { $days } days.
refusal-works-organisation = Choose an agency from the list.
refusal-works-closed = These works are over or called off, so they cannot be changed.
refusal-works-stale = Somebody changed these works meanwhile. What you wrote is still here; look at them, then send it again.
retention-alerts-unconfirmed = Addresses that asked for news of an area and never confirmed it, after they asked
retention-alerts-links = Links in mails with news of an area, after they were sent
retention-alerts-news = What began or ended where, as the feeds of areas show it, after it happened
alerts-mail-confirm-body =
    Somebody, probably you, asked for news of: { $area }
    { $pace }

    To get them, open this link and press the button:
    { $link }

    If it was not you, do nothing: your address is forgotten within a week.
alerts-mail-news-body =
    { $area }

    { $list }

    { $more ->
        [0] All news of this area:
        [one] There is one more, with all news of this area:
       *[other] There are { $more } more, with all news of this area:
    }
    { $all }

    Change how often, or stop these mails:
    { $link }

sv-meet = Appointment
sv-meet-title = Your appointment
sv-meet-free = Free appointments
sv-meet-free-title = Free appointments: { $service }
sv-meet-public = You book an appointment within your application, or later by its private link. You can move it or give it up there.
sv-meet-where = Where
sv-meet-takes = Minutes for each: { $minutes }
sv-meet-places = places: { $count }
sv-meet-closed = Nobody is seen here in these two weeks.
sv-meet-full = All places of this day are taken.
sv-meet-wait-day = Wait for a place on this day
sv-meet-days = Other days
sv-meet-earlier = Earlier days
sv-meet-later = Later days
sv-meet-yours = You have an appointment
sv-meet-held = It is held for 30 minutes. It is yours when you send the application.
sv-meet-go-on = Go on to your answers
sv-meet-ics = Put it into your calendar (.ics)
sv-meet-past = This time has passed.
sv-meet-cancel = Give the appointment up
sv-meet-waits = You are on the waiting list
sv-meet-waits-day = You wait for a place on { $day }, { $where }.
sv-meet-waits-any = You wait for the first place at { $where }.
sv-meet-waits-text = Places that get free at least 12 hours before are given in the order in which people asked. You get a letter; an appointment you have is then given up.
sv-meet-leave = Leave the waiting list
sv-meet-move = Move it to another time
sv-meet-by-day = Day by day
sv-meet-choose = Choose a time
sv-meet-any-text = You can also wait for the first place that gets free, on any day.
sv-meet-any = Wait for the first place
sv-meet-draft = Where all is taken: send the application first, then you can wait for a place.
sv-meet-none = You have no appointment. Where one is needed, book it here.
sv-meet-before = You can book a time now, or later by your private link.
sv-meet-book = Book an appointment
sv-meet-change = See, move or give up
sv-meet-line = { $when } · { $where }
sv-meet-event = Appointment: { $service }
sv-meet-event-text = { $where }. Reference: { $code }
sv-flash-met = Booked.
sv-flash-unmet = Given up.
sv-flash-waits = You are on the waiting list, or have a place already: see below.
sv-flash-marked = Noted.
sv-weekday-1 = Monday
sv-weekday-2 = Tuesday
sv-weekday-3 = Wednesday
sv-weekday-4 = Thursday
sv-weekday-5 = Friday
sv-weekday-6 = Saturday
sv-weekday-7 = Sunday
sv-weekday-date = { $weekday }, { $date }
sv-step-meet-booked = Appointment booked
sv-step-meet-moved = Appointment moved
sv-step-meet-given = Appointment from the waiting list
sv-step-meet-cancelled = Appointment given up
sv-step-meet-off = Appointment called off by the office
sv-day-title = Appointments of the day
sv-day-which = Which appointments
sv-day-day = Day
sv-day-none = Nobody comes
sv-day-none-text = No appointment is booked for this day.
sv-day-time = Time
sv-day-acts = What became of it
sv-day-outside = Outside of the hours of now
sv-day-came = Came
sv-day-missed = Did not come
sv-day-off = Call off
sv-day-off-text = Called off, a time is free for others again. To close a day, write it into the hours first.
sv-day-before = The day before
sv-day-after = The day after
sv-met-booked = Expected
sv-met-came = Came
sv-met-missed = Did not come
sv-plan-title = Appointments: where and when
sv-plan-lead = For each place: the hours of a week, how long one appointment takes, how many can come at the same time. Holidays of the agency are left out.
sv-plan-line = { $week } · minutes: { $minutes } · at the same time: { $capacity }
sv-plan-open = Can be booked
sv-plan-closed = Cannot be booked
sv-plan-new = A new place
sv-plan-change = Change this place
sv-text-place = Where
sv-text-place-hint = Name and address, as Town hall, Main Street 1, room 4.
sv-plan-week = Hours of a week
sv-plan-week-hint = One line each, as mon-fri 09:00-12:00 or thu 14:00-18:00.
sv-plan-exceptions = Days with other hours
sv-plan-exceptions-hint = One line each, as 2026-12-24 closed or 2026-12-23 09:00-11:00, 14:00-15:00.
sv-plan-minutes = Minutes of one appointment
sv-plan-capacity = People at the same time
sv-plan-capacity-hint = As many as there are counters.
sv-plan-ahead = Days ahead that can be booked
sv-plan-bookable = Can be booked
sv-plan-bookable-detail = Untick to take no new ones; those that are booked stay.
sv-plan-save = Keep
saying-service-appointments-set = The appointments of the service { $subject } were set: minutes each { $minutes }, at the same time { $capacity }
refusal-appointment-week = The hours cannot be read: { $line }. Write days and hours, as mon-fri 09:00-12:00; hours of a day do not overlap.
refusal-appointment-exception = This day cannot be read, or stands twice: { $line }. Write 2026-12-24 closed or 2026-12-23 09:00-11:00.
refusal-appointment-exceptions-many = At most { $most } days can have other hours.
refusal-appointment-place = Say where, in at most { $most } characters.
refusal-appointment-number = Write a whole number from { $least } to { $most }.
refusal-appointment-full = Somebody else took the last place of this time. Choose another, or wait for a place.
refusal-appointment-none = This time cannot be booked. Choose one of those that are shown.
refusal-appointment-choose = Choose a time.
refusal-appointment-over = This application is closed: nothing can be booked for it any more.
refusal-appointment-nothing = There is no appointment to give up, or its time has passed.
refusal-appointment-day = Nobody is seen on this day.
refusal-appointment-free = There are free places on this day: book one.
refusal-appointment-waits-many = At most { $most } can wait here. Choose another place.
refusal-appointment-marked = This appointment was marked or given up before.
refusal-appointment-early = It has not begun yet.
refusal-appointment-stale = Somebody else changed this place since you opened the page. Open it again.
refusal-appointment-plans-many = A service has at most { $most } places.
sv-meet-booked-subject = { $service }: your appointment on { $when }
sv-meet-given-subject = { $service }: a place for you on { $when }
sv-meet-reminder-subject = { $service }: reminder, { $when }
sv-meet-cancelled-subject = { $service }: you gave up your appointment on { $when }
sv-meet-off-subject = { $service }: your appointment on { $when } is called off
sv-meet-booked-body =
    You have an appointment for { $code } (“{ $service }”):

    { $when }
    { $where }

    You can move it or give it up by the private link of your receipt.
sv-meet-given-body =
    A place got free, and it is yours now: { $code } (“{ $service }”).

    { $when }
    { $where }

    If it does not suit you, give it up by the private link of your receipt, so that somebody else gets it.
sv-meet-reminder-body =
    We expect you for { $code } (“{ $service }”):

    { $when }
    { $where }

    If you cannot come, give it up by the private link of your receipt.
sv-meet-cancelled-body =
    You gave up this appointment for { $code } (“{ $service }”):

    { $when }
    { $where }

    You can book another by the private link of your receipt.
sv-meet-off-body =
    The office cannot keep this appointment for { $code } (“{ $service }”). We are sorry:

    { $when }
    { $where }

    Please book another by the private link of your receipt.

//! Which times there are, and which of them are free. Pure.

use super::model::{
    AHEAD_MOST, Appointment, CAPACITY_MOST, EXCEPTIONS_MOST, MINUTES_LEAST, MINUTES_MOST, NewPlan, Plan, Slot,
    WEEK_LINES_MOST,
};
use civic::Moment;
use jiff::{civil::Date, tz::TimeZone};
use service_clock::Calendar;
use std::collections::BTreeMap;
use web::Refusal;

/// Characters of the name of a place.
const PLACE_LIMIT: usize = 200;

/// The hours of a plan, read: those of the week without the agency's holidays, and days with hours of their own.
#[derive(Debug, Clone)]
pub struct Hours {
    week: Calendar,
    days: BTreeMap<Date, Option<Calendar>>,
    minutes: i64,
}

impl Hours {
    /// Reads the hours of a plan; `calendar` is that of the agency, whose holidays hold here too.
    ///
    /// # Errors
    /// `appointment-week` or `appointment-exception` with the line that cannot be read.
    pub fn read(plan: &Plan, calendar: &Calendar, zone: &TimeZone) -> Result<Self, Refusal> {
        let lines = lines(&plan.week);
        if lines.is_empty() || lines.len() > WEEK_LINES_MOST {
            return Err(Refusal::new("appointment-week").at("week").with("line", ""));
        }
        let wrong = |line: String| Refusal::new("appointment-week").at("week").with("line", line);
        // Each line alone first, so that the one that is wrong can be named.
        let own = |line: &&str| Calendar::read(&[*line], &NONE, zone.clone()).is_err();
        if let Some(line) = lines.iter().find(|line| own(line)) {
            return Err(wrong((*line).to_owned()));
        }
        let week = calendar.changed(&lines, &NONE).map_err(|_| wrong(lines.join("; ")))?;
        Ok(Self { week, days: exceptions(&plan.exceptions, zone)?, minutes: plan.minutes })
    }

    /// The times of a day, one after the other. They are counted in time that really passes: on the night on which the clocks go
    /// forward there are fewer, on that on which they go back there are more.
    pub fn slots(&self, day: Date) -> Vec<Slot> {
        let calendar = match self.days.get(&day) {
            Some(None) => return Vec::new(),
            Some(Some(own)) => own,
            None => &self.week,
        };
        let mut slots = Vec::new();
        for (from, to) in calendar.open_times(day) {
            let (mut begins_at, end) = (Moment::from(from), Moment::from(to));
            loop {
                let ends_at = begins_at.plus_seconds(self.minutes * 60);
                if ends_at > end {
                    break;
                }
                slots.push(Slot { begins_at, ends_at });
                begins_at = ends_at;
            }
        }
        slots
    }

    /// The time that begins at this moment, where there is one.
    pub fn slot_at(&self, begins_at: Moment) -> Option<Slot> {
        let day = self.week.date_of(begins_at.timestamp());
        self.slots(day).into_iter().find(|slot| slot.begins_at == begins_at)
    }

    /// The day of a moment in the town.
    pub fn day_of(&self, at: Moment) -> Date {
        self.week.date_of(at.timestamp())
    }
}

const NONE: [&str; 0] = [];

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn exceptions(text: &str, zone: &TimeZone) -> Result<BTreeMap<Date, Option<Calendar>>, Refusal> {
    let lines = lines(text);
    if lines.len() > EXCEPTIONS_MOST {
        return Err(Refusal::new("appointment-exceptions-many").at("exceptions").with("most", EXCEPTIONS_MOST));
    }
    let mut days = BTreeMap::new();
    for line in lines {
        let wrong = || Refusal::new("appointment-exception").at("exceptions").with("line", line);
        let (day, hours) = line.split_once(char::is_whitespace).ok_or_else(wrong)?;
        let day: Date = day.parse().map_err(|_| wrong())?;
        let own = match hours.trim() {
            "closed" => None,
            hours => {
                let spans: Vec<String> = hours.split(',').map(|span| format!("mon-sun {}", span.trim())).collect();
                Some(Calendar::read(&spans, &NONE, zone.clone()).map_err(|_| wrong())?)
            }
        };
        if days.insert(day, own).is_some() {
            return Err(wrong());
        }
    }
    Ok(days)
}

/// A plan as it will be kept.
///
/// # Errors
/// One refusal for each field to put right.
pub fn check_plan(
    new: &NewPlan,
    id: String,
    service: String,
    calendar: &Calendar,
    zone: &TimeZone,
) -> Result<Plan, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let place = new.place.clone().filter(|place| {
        civic::Language::ALL
            .iter()
            .filter_map(|language| place.exactly(*language))
            .all(|words| words.chars().count() <= PLACE_LIMIT)
    });
    if place.is_none() {
        refusals.push(Refusal::new("appointment-place").at("place-en").with("most", PLACE_LIMIT));
    }
    let mut number = |value: Option<i64>, least: i64, most: i64, field: &'static str| match value {
        Some(value) if (least..=most).contains(&value) => value,
        _ => {
            refusals.push(Refusal::new("appointment-number").at(field).with("least", least).with("most", most));
            least
        }
    };
    let minutes = number(new.minutes, MINUTES_LEAST, MINUTES_MOST, "minutes");
    let capacity = number(new.capacity, 1, CAPACITY_MOST, "capacity");
    let ahead_days = number(new.ahead_days, 1, AHEAD_MOST, "ahead-days");
    let plan = Plan {
        id,
        service,
        place: place.unwrap_or_else(|| civic::LocalText::plain("")),
        week: new.week.trim().replace("\r\n", "\n"),
        exceptions: new.exceptions.trim().replace("\r\n", "\n"),
        minutes,
        capacity,
        ahead_days,
        is_open: new.is_open,
        version: new.of.as_ref().map_or(1, |(_, seen)| seen + 1),
    };
    refusals.extend(Hours::read(&plan, calendar, zone).err());
    if refusals.is_empty() { Ok(plan) } else { Err(refusals) }
}

/// A free time, with how many can still come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Free {
    /// When.
    pub slot: Slot,
    /// How many places are left, at least one.
    pub places: i64,
}

/// The first place of this time that nobody has; `None` where it is full. `taken` may hold appointments of other times too.
pub fn free_seat(slot: Slot, capacity: i64, taken: &[Appointment]) -> Option<i64> {
    let meets = |one: &&Appointment| one.slot.begins_at < slot.ends_at && one.slot.ends_at > slot.begins_at;
    let seats: Vec<i64> = taken.iter().filter(meets).map(|one| one.seat).collect();
    // An appointment from before the hours or the capacity were changed takes a place too, whatever its number was.
    if i64::try_from(seats.len()).unwrap_or(i64::MAX) >= capacity {
        return None;
    }
    (0..capacity).find(|seat| !seats.contains(seat))
}

/// Whether one can book this time now.
pub fn is_bookable(plan: &Plan, hours: &Hours, slot: Slot, now: Moment) -> bool {
    plan.is_open && slot.begins_at > now && hours.day_of(slot.begins_at) <= last_day(plan, hours, now)
}

/// The last day for which one can book.
pub fn last_day(plan: &Plan, hours: &Hours, now: Moment) -> Date {
    hours.day_of(now).saturating_add(jiff::Span::new().days(plan.ahead_days))
}

/// The free times of a day.
pub fn free_of(plan: &Plan, hours: &Hours, day: Date, taken: &[Appointment], now: Moment) -> Vec<Free> {
    let places = |slot: Slot| {
        let meets = |one: &&Appointment| one.slot.begins_at < slot.ends_at && one.slot.ends_at > slot.begins_at;
        plan.capacity - i64::try_from(taken.iter().filter(meets).count()).unwrap_or(i64::MAX)
    };
    let free = |slot: Slot| Free { slot, places: places(slot) };
    let bookable = |slot: &Slot| is_bookable(plan, hours, *slot, now);
    hours.slots(day).into_iter().filter(bookable).map(free).filter(|free| free.places > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::{Hours, check_plan, exceptions, free_of, free_seat};
    use crate::appointments::model::{Appointment, AppointmentState, NewPlan, Plan, Slot};
    use civic::{LocalText, Moment};
    use jiff::{civil::date, tz::TimeZone};
    use service_clock::Calendar;

    fn madrid() -> TimeZone {
        TimeZone::get("Europe/Madrid").unwrap()
    }

    fn plan(week: &str, exceptions: &str, minutes: i64) -> Plan {
        Plan {
            id: "p".to_owned(),
            service: "parking".to_owned(),
            place: LocalText::plain("Town hall"),
            week: week.to_owned(),
            exceptions: exceptions.to_owned(),
            minutes,
            capacity: 2,
            ahead_days: 3_000,
            is_open: true,
            version: 1,
        }
    }

    fn hours(week: &str, exceptions: &str, minutes: i64) -> Hours {
        let calendar = Calendar::read(&["mon-fri 08:00-16:00"], &["2026-12-25"], madrid()).unwrap();
        Hours::read(&plan(week, exceptions, minutes), &calendar, &madrid()).unwrap()
    }

    /// In Madrid the clocks go forward at 2 on 28 March 2027 and back at 3 on 25 October 2026.
    #[test]
    fn a_night_has_as_many_appointments_as_it_has_hours() {
        let night = hours("mon-sun 00:00-06:00", "", 30);
        assert_eq!(night.slots(date(2026, 10, 24)).len(), 12);
        let longer = night.slots(date(2026, 10, 25));
        let shorter = night.slots(date(2027, 3, 28));
        assert_eq!((longer.len(), shorter.len()), (14, 10));
        for slots in [longer, shorter] {
            assert!(slots.windows(2).all(|two| two[0].ends_at == two[1].begins_at), "none overlaps, none is left out");
        }
        // A time that the clocks leave out is none.
        assert_eq!(night.slot_at(Moment::parse("2027-03-28T01:10:00Z").unwrap()), None);
        assert!(night.slot_at(Moment::parse("2027-03-28T01:00:00Z").unwrap()).is_some());
    }

    #[test]
    fn holidays_exceptions_and_leap_days() {
        let day = hours(
            "mon-fri 09:00-12:00",
            "2026-12-24 closed\n2026-12-25 10:00-11:00\n2027-01-02 09:00-10:00, 16:00-17:00",
            20,
        );
        assert_eq!(day.slots(date(2026, 12, 23)).len(), 9);
        assert!(day.slots(date(2026, 12, 24)).is_empty(), "closed");
        assert_eq!(day.slots(date(2026, 12, 25)).len(), 3, "open on a holiday, because it is said");
        assert!(day.slots(date(2026, 12, 26)).is_empty(), "a Saturday");
        assert_eq!(day.slots(date(2027, 1, 2)).len(), 6, "a Saturday with hours of its own");
        assert_eq!(day.slots(date(2028, 2, 29)).len(), 9, "a leap day is a day");
        let plain = hours("mon-fri 09:00-12:00", "", 20);
        assert!(plain.slots(date(2026, 12, 25)).is_empty(), "a holiday of the town");
        // What does not fit whole is none.
        assert_eq!(hours("mon 09:00-10:00", "", 25).slots(date(2026, 11, 30)).len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, line) in [
            ("2027-02-29 closed", "2027-02-29 closed"),
            ("2026-12-24", "2026-12-24"),
            ("2026-12-24 25:00-26:00", "2026-12-24 25:00-26:00"),
            ("2026-12-24 closed\n2026-12-24 closed", "2026-12-24 closed"),
        ] {
            let refusal = exceptions(text, &madrid()).unwrap_err();
            assert_eq!((refusal.code, refusal.values[0].1.clone()), ("appointment-exception", line.into()));
        }
        let calendar = Calendar::read(&["mon-fri 08:00-16:00"], &["2026-12-25"], madrid()).unwrap();
        let new = NewPlan {
            of: None,
            place: None,
            week: "mon-fri 9-12".to_owned(),
            exceptions: String::new(),
            minutes: Some(1),
            capacity: None,
            ahead_days: Some(9_999),
            is_open: true,
        };
        let refusals = check_plan(&new, String::new(), String::new(), &calendar, &madrid()).unwrap_err();
        let fields: Vec<_> = refusals.iter().filter_map(|refusal| refusal.field).collect();
        assert_eq!(fields, ["place-en", "minutes", "capacity", "ahead-days", "week"]);
    }

    #[test]
    fn a_place_is_free_until_it_is_taken_also_by_who_came_before_a_change() {
        let at = |minutes: i64| Moment(minutes * 60_000_000);
        let slot = |from: i64, to: i64| Slot { begins_at: at(from), ends_at: at(to) };
        let taken = |from, to, seat| Appointment {
            id: String::new(),
            plan: "p".to_owned(),
            service: "parking".to_owned(),
            owner: "A-1".to_owned(),
            slot: slot(from, to),
            seat,
            state: AppointmentState::Booked,
        };
        assert_eq!(free_seat(slot(0, 20), 2, &[]), Some(0));
        assert_eq!(free_seat(slot(0, 20), 2, &[taken(0, 20, 0)]), Some(1));
        assert_eq!(free_seat(slot(0, 20), 2, &[taken(0, 20, 0), taken(10, 40, 1)]), None, "times that overlap");
        assert_eq!(free_seat(slot(0, 20), 2, &[taken(20, 40, 0), taken(20, 40, 1)]), Some(0), "one after the other");
        assert_eq!(free_seat(slot(0, 20), 1, &[taken(0, 20, 7)]), None, "of a larger capacity before");
        let hours = hours("mon-fri 09:00-10:00", "", 30);
        let monday = date(2026, 11, 30);
        let begins = hours.slots(monday)[0];
        let one = Appointment { slot: begins, ..taken(0, 0, 0) };
        let free = free_of(&plan("", "", 30), &hours, monday, &[one.clone(), one], begins.begins_at.plus_days(-1));
        assert_eq!(free.iter().map(|free| free.places).collect::<Vec<_>>(), [2]);
    }
}

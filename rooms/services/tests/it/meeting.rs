//! Appointments: booked, moved, given up, waited for, reminded of; and two who want the last place.

mod others;

use crate::town::{Hall, halls};
use axum::http::StatusCode;
use testing::{Browser, Seen};

/// Monday to Friday from nine to ten, half an hour each, one at a time. The town begins on Monday 2026-09-21 in the afternoon.
const HOURS: [(&str, &str); 7] = [
    ("place-en", "Town hall, room 4"),
    ("week", "mon-fri 09:00-10:00"),
    ("exceptions", ""),
    ("minutes", "30"),
    ("capacity", "1"),
    ("ahead-days", "120"),
    ("open", "yes"),
];

async fn plan(officer: &Browser, more: &[(&str, &str)]) -> Seen {
    let mut all: Vec<(&str, &str)> = more.to_vec();
    all.extend(HOURS.iter().filter(|(name, _)| !more.iter().any(|(of, _)| of == name)));
    officer.post("/admin/services/parking/appointments", &all).await
}

/// What is free from a day on: what is sent to book each.
async fn free(who: &Browser, from: &str) -> Vec<String> {
    let view = who.get(&format!("/services/parking/appointments.json?from={from}")).await.sees(StatusCode::OK).json();
    view["free"].as_array().unwrap().iter().map(|one| one["slot"].as_str().unwrap().to_owned()).collect()
}

struct Applied {
    who: Browser,
    code: String,
    key: String,
}

impl Applied {
    async fn new(hall: &Hall) -> Self {
        let who = hall.town.browser();
        let (code, key) = hall.applies(&who).await;
        Self { who, code, key }
    }

    async fn sends(&self, name: &str, value: &str) -> Seen {
        let path = format!("/applications/{}/appointment", self.code);
        self.who.post(&path, &[("key", &self.key), (name, value)]).await
    }

    async fn sees(&self) -> serde_json::Value {
        let path = format!("/applications/{}/appointment.json?key={}", self.code, self.key);
        self.who.get(&path).await.sees(StatusCode::OK).json()
    }

    /// When the appointment begins; empty for none.
    async fn begins(&self) -> String {
        self.sees().await["appointment"]["begins_at"].as_str().unwrap_or_default().to_owned()
    }
}

#[tokio::test]
async fn a_place_is_held_while_one_writes_and_then_booked_moved_and_given_up() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        hall.town.browser().get("/services/parking/appointments").await.sees(StatusCode::NOT_FOUND);
        plan(&olga, &[]).await.sees(StatusCode::SEE_OTHER);
        let visitor = hall.town.browser();
        visitor.get("/services/parking").await.says("Free appointments");
        visitor
            .get("/services/parking/appointments")
            .await
            .says("Town hall, room 4")
            .says("Tuesday, 22 September 2026");
        // A comma of its own in Arabic.
        let arabic = hall.town.browser().reading("ar");
        arabic.get("/services/parking/appointments").await.says("الثلاثاء، ").never_says("الثلاثاء,");
        let times = free(&visitor, "2026-09-22").await;
        assert!(times.len() == 20 && times[0].ends_with(" 2026-09-22T09:00:00Z"), "{times:?}");
        let draft = hall.begins(&visitor).await;
        hall.answers(&visitor, &draft).await;
        visitor.get(&format!("{draft}/check")).await.says("You can book a time now");
        let held = visitor.post(&format!("{draft}/appointment"), &[("slot", &times[0])]).await;
        assert_eq!(held.sees(StatusCode::SEE_OTHER).location(), format!("{draft}/check"));
        visitor.get(&format!("{draft}/check")).await.says("22 September 2026, 09:00").says("held for 30 minutes");
        assert_eq!(free(&visitor, "2026-09-22").await[0], times[1], "held is taken");
        let sent = visitor.post(&format!("{draft}/check.json"), &[]).await.sees(StatusCode::CREATED).json();
        let (code, key) = (sent["code"].as_str().unwrap().to_owned(), sent["key"].as_str().unwrap().to_owned());
        let one = Applied { who: visitor, code, key };
        assert_eq!(one.begins().await, "2026-09-22T09:00:00Z");
        let mails = hall.town.mails().await;
        let booked = mails.iter().find(|mail| mail.mail.subject.contains("22 September 2026, 09:00")).unwrap();
        assert!(booked.mail.body_text.contains("room 4"), "{booked:?}");
        let page = format!("/applications/{}?key={}", one.code, one.key);
        one.who.get(&page).await.says("Tuesday, 22 September 2026, 09:00").says("Appointment booked");
        let ics = one.who.get(&page.replace('?', "/appointment.ics?")).await.sees(StatusCode::OK);
        assert_eq!(ics.headers["content-type"], "text/calendar; charset=utf-8");
        ics.says("DTSTART:20260922T090000Z")
            .says("DTEND:20260922T093000Z")
            .says("SUMMARY:Appointment: Residents' parking");
        // Moved: the old time is free again.
        one.sends("slot", &times[3]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(one.begins().await, "2026-09-23T09:30:00Z");
        assert_eq!(free(&one.who, "2026-09-22").await[0], times[0]);
        one.sends("cancel", "yes").await.sees(StatusCode::SEE_OTHER);
        one.sends("cancel", "yes").await.sees(StatusCode::CONFLICT).says("no appointment to give up");
        assert_eq!(free(&one.who, "2026-09-22").await, times);
        // What is closed has no appointments any more.
        one.sends("slot", &times[5]).await.sees(StatusCode::SEE_OTHER);
        let path = format!("/applications/{}/withdraw", one.code);
        one.who.post(&path, &[("key", &one.key)]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(free(&one.who, "2026-09-22").await, times, "taken back, its time is free");
        one.sends("slot", &times[5]).await.sees(StatusCode::CONFLICT).says("This application is closed");
    }
}

#[tokio::test]
async fn of_many_who_want_the_last_place_at_once_one_gets_it() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        plan(&olga, &[("capacity", "2")]).await.sees(StatusCode::SEE_OTHER);
        let mut all = Vec::new();
        for _ in 0..8 {
            all.push(Applied::new(&hall).await);
        }
        let last = free(&all[0].who, "2026-09-22").await.remove(0);
        all[7].sends("slot", &last).await.sees(StatusCode::SEE_OTHER);
        let tries = all[..7].iter().map(|one| one.sends("slot", &last));
        let seen = futures_util::future::join_all(tries).await;
        let won = seen.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count();
        let told =
            seen.iter().filter(|seen| seen.status == StatusCode::CONFLICT && seen.text.contains("last place")).count();
        assert_eq!((won, told), (1, 6), "{:?}", seen.iter().map(|seen| seen.status).collect::<Vec<_>>());
        let taken = hall.town.column("select owner from appointments where state <> 'cancelled'").await;
        assert_eq!(taken.len(), 2, "{taken:?}");
        // The same person twice at once has one appointment, not two.
        let (one, times) = (&all[7], free(&all[7].who, "2026-09-23").await);
        let (first, second) = tokio::join!(one.sends("slot", &times[0]), one.sends("slot", &times[1]));
        assert_eq!([first.status, second.status], [StatusCode::SEE_OTHER; 2]);
        assert_eq!(hall.town.column("select owner from appointments where state = 'booked'").await.len(), 2);
    }
}

#[tokio::test]
async fn freed_places_go_to_who_waits_in_the_order_in_which_they_asked() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        plan(&olga, &[("ahead-days", "1")]).await.sees(StatusCode::SEE_OTHER);
        let (first, second) = (Applied::new(&hall).await, Applied::new(&hall).await);
        let times = free(&first.who, "2026-09-22").await;
        assert_eq!(times.len(), 2);
        first
            .sends("wait", &times[0].replace("T09:00:00Z", ""))
            .await
            .sees(StatusCode::CONFLICT)
            .says("free places on this day");
        first.sends("slot", &times[0]).await.sees(StatusCode::SEE_OTHER);
        second.sends("slot", &times[1]).await.sees(StatusCode::SEE_OTHER);
        let (third, fourth, fifth) = (Applied::new(&hall).await, Applied::new(&hall).await, Applied::new(&hall).await);
        let day = times[0].replace("T09:00:00Z", "");
        let any = day.split(' ').next().unwrap().to_owned();
        third
            .who
            .get(&format!("/applications/{}/appointment?key={}", third.code, third.key))
            .await
            .says("Wait for a place on this day");
        third.sends("wait", &day).await.sees(StatusCode::SEE_OTHER);
        fourth.sends("wait", &any).await.sees(StatusCode::SEE_OTHER);
        fifth.sends("wait", &day).await.sees(StatusCode::SEE_OTHER);
        // Who has a later place waits for an earlier one.
        second.sends("wait", &any).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(
            (third.begins().await, third.sees().await["waits_for"]["day"].as_str()),
            (String::new(), Some("2026-09-22"))
        );
        first.sends("cancel", "yes").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(third.begins().await, "2026-09-22T09:00:00Z");
        assert!(third.sees().await["waits_for"].is_null());
        assert_eq!(fourth.begins().await, "");
        let mail = hall.town.mails().await.remove(1).mail;
        assert!(mail.subject.contains("a place for you on 22 September 2026, 09:00"), "{mail:?}");
        fifth.sends("cancel", "yes").await.sees(StatusCode::SEE_OTHER);
        // A larger capacity makes room: the fourth, then the second moves to the earlier time.
        let page = olga.get("/admin/services/parking/appointments").await.text;
        let id = page.split("appointments?edit=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let changed = [("plan", id.as_str()), ("version", "1"), ("capacity", "2"), ("ahead-days", "1")];
        plan(&olga, &changed).await.sees(StatusCode::SEE_OTHER);
        plan(&olga, &changed).await.sees(StatusCode::CONFLICT).says("Somebody else changed this place");
        assert_eq!(
            (fourth.begins().await, second.begins().await),
            ("2026-09-22T09:00:00Z".to_owned(), "2026-09-22T09:30:00Z".to_owned())
        );
        third.sends("cancel", "yes").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(second.begins().await, "2026-09-22T09:00:00Z", "moved up");
        assert!(hall.town.column("select owner from appointment_waits").await.is_empty());
    }
}

#[tokio::test]
async fn a_place_that_gets_free_too_late_is_for_whoever_comes_first() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        plan(&olga, &[("ahead-days", "1"), ("week", "mon-sun 09:00-09:30")]).await.sees(StatusCode::SEE_OTHER);
        let (first, second) = (Applied::new(&hall).await, Applied::new(&hall).await);
        let times = free(&first.who, "2026-09-22").await;
        first.sends("slot", &times[0]).await.sees(StatusCode::SEE_OTHER);
        second.sends("wait", &times[0].replace("T09:00:00Z", "")).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(10 * 3_600);
        first.sends("cancel", "yes").await.sees(StatusCode::SEE_OTHER);
        hall.town.settle().await;
        assert_eq!(second.begins().await, "", "nobody is booked for a morning of which they read in the night");
        second.sends("slot", &times[0]).await.sees(StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn what_is_held_too_long_is_free_again() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        plan(&olga, &[]).await.sees(StatusCode::SEE_OTHER);
        let (slow, quick) = (hall.town.browser(), Applied::new(&hall).await);
        let draft = hall.begins(&slow).await;
        let time = free(&slow, "2026-09-22").await.remove(0);
        slow.post(&format!("{draft}/appointment"), &[("slot", &time)]).await.sees(StatusCode::SEE_OTHER);
        quick.sends("slot", &time).await.sees(StatusCode::CONFLICT);
        hall.town.clock.advance_seconds(31 * 60);
        quick.sends("slot", &time).await.sees(StatusCode::SEE_OTHER);
        hall.answers(&slow, &draft).await;
        slow.get(&format!("{draft}/check")).await.says("You can book a time now");
        let sent = slow.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        let (path, key) = sent.location().split_once("/receipt?key=").unwrap();
        let own = slow.get(&format!("{path}/appointment.json?key={key}")).await.json();
        assert!(own["appointment"].is_null(), "{own}");
        // Another, held and not sent: the job gives it back.
        let draft = hall.begins(&slow).await;
        let time = free(&slow, "2026-09-22").await.remove(0);
        slow.post(&format!("{draft}/appointment"), &[("slot", &time)]).await.sees(StatusCode::SEE_OTHER);
        hall.town.clock.advance_seconds(31 * 60);
        hall.town.settle().await;
        assert!(hall.town.column("select owner from appointments where state = 'held'").await.is_empty());
    }
}

#[tokio::test]
async fn a_reminder_leaves_once_a_day_before() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        plan(&olga, &[]).await.sees(StatusCode::SEE_OTHER);
        let (later, soon) = (Applied::new(&hall).await, Applied::new(&hall).await);
        let times = free(&later.who, "2026-09-22").await;
        // Tomorrow: the confirmation is the reminder.
        soon.sends("slot", &times[0]).await.sees(StatusCode::SEE_OTHER);
        later.sends("slot", &times[4]).await.sees(StatusCode::SEE_OTHER);
        let reminders = async || {
            hall.town.settle().await;
            let mails = hall.town.mails().await;
            mails.into_iter().filter(|mail| mail.mail.subject.contains("reminder")).collect::<Vec<_>>()
        };
        assert!(reminders().await.is_empty());
        hall.town.clock.advance_seconds(2 * 86_400);
        let one = reminders().await;
        assert!(one.len() == 1 && one[0].mail.subject.contains("24 September 2026, 09:00"), "{one:?}");
        hall.town.clock.advance_seconds(3_600);
        assert_eq!(reminders().await.len(), 1, "once");
    }
}

#[tokio::test]
async fn the_desk_sees_who_comes_and_says_what_became_of_it() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        plan(&olga, &[]).await.sees(StatusCode::SEE_OTHER);
        let (one, other) = (Applied::new(&hall).await, Applied::new(&hall).await);
        let times = free(&one.who, "2026-09-22").await;
        one.sends("slot", &times[0]).await.sees(StatusCode::SEE_OTHER);
        other.sends("slot", &times[1]).await.sees(StatusCode::SEE_OTHER);
        let day = "/desk/services/appointments?day=2026-09-22";
        let page =
            olga.get(day).await.sees(StatusCode::OK).says(&one.code).says("09:00–09:30").never_says("Amina").text;
        let ids = hall.town.column("select id from appointments order by begins_at").await;
        let mark = |id: &str, act: &str| format!("/desk/services/appointments/{id}/{act}");
        olga.post(&mark(&ids[0], "came"), &[])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("It has not begun yet");
        // Another agency sees and does nothing.
        let lights = hall.town.agency("lights", "Lights").await;
        let eve = hall.town.holder("eve@example.org", civic::Role::Officer, Some(&lights)).await;
        eve.get(day).await.sees(StatusCode::OK).never_says(&one.code);
        eve.post(&mark(&ids[1], "cancel"), &[]).await.sees(StatusCode::NOT_FOUND);
        eve.get("/admin/services/parking/appointments").await.sees(StatusCode::NOT_FOUND);
        plan(&eve, &[]).await.sees(StatusCode::NOT_FOUND);
        olga.post(&mark(&ids[1], "cancel"), &[("day", "2026-09-22")]).await.sees(StatusCode::SEE_OTHER);
        assert!(hall.town.mails().await[0].mail.subject.contains("is called off"));
        assert_eq!(other.begins().await, "");
        hall.town.clock.advance_seconds(86_400);
        one.sends("cancel", "yes").await.sees(StatusCode::CONFLICT).says("its time has passed");
        olga.post(&mark(&ids[0], "came"), &[]).await.sees(StatusCode::SEE_OTHER);
        olga.post(&mark(&ids[0], "missed"), &[]).await.sees(StatusCode::CONFLICT).says("was marked or given up before");
        olga.get(day).await.says("Came");
        assert!(page.contains("Call off"));
    }
}

#[tokio::test]
async fn hours_are_the_towns_and_what_cannot_be_read_is_told() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let wrong = [
            ("week", "mon-fri nine"),
            ("minutes", "0"),
            ("capacity", "many"),
            ("exceptions", "2027-02-29 closed"),
            ("place-en", ""),
        ];
        plan(&olga, &wrong)
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("The hours cannot be read: mon-fri nine")
            .says("href=\"#minutes\"")
            .says("href=\"#capacity\"")
            .says("href=\"#place-en\"")
            .says("mon-fri nine</textarea>");
        plan(&olga, &[("exceptions", "2027-02-29 closed")]).await.says("or stands twice: 2027-02-29 closed");
        let text = "2026-12-24 closed\n2026-12-26 11:00-12:00";
        plan(&olga, &[("exceptions", text)]).await.sees(StatusCode::SEE_OTHER);
        let visitor = hall.town.browser();
        let days: Vec<String> =
            free(&visitor, "2026-12-23").await.iter().map(|slot| slot.split(' ').nth(1).unwrap().to_owned()).collect();
        let of = |day: &str| days.iter().filter(|at| at.starts_with(day)).count();
        assert_eq!(
            [
                of("2026-12-23"),
                of("2026-12-24"),
                of("2026-12-25"),
                of("2026-12-26"),
                of("2026-12-27"),
                of("2026-12-28")
            ],
            [2, 0, 0, 2, 0, 2]
        );
        let one = Applied::new(&hall).await;
        let id = free(&visitor, "2026-12-23").await[0].split(' ').next().unwrap().to_owned();
        for bad in
            ["2026-12-25T09:00:00Z", "2026-12-23T09:10:00Z", "2026-09-21T09:00:00Z", "2027-06-01T09:00:00Z", "soon", ""]
        {
            one.sends("slot", &format!("{id} {bad}")).await.sees(if bad == "soon" || bad.is_empty() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::CONFLICT
            });
        }
        one.sends("slot", "nothing 2026-12-23T09:00:00Z").await.sees(StatusCode::NOT_FOUND);
        one.sends("wait", &format!("{id} 2026-12-25"))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY)
            .says("Nobody is seen on this day");
        one.sends("fly", "yes").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a time");
        hall.town.settle().await;
        let said = hall.town.record().await.pop().unwrap();
        assert!(said.contains("service.appointments-set") && !said.contains("room 4"), "{said}");
    }
}

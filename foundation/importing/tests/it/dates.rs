//! Dates, and the order a whole column has.

use importing::{
    DateOrder::{self, DayFirst, MonthFirst, UnixMilliseconds, UnixSeconds, YearFirst},
    DateVerdict, Survey, Table, Wish, read_moment,
};
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn read(cell: &str, order: DateOrder, zone: &str) -> Option<String> {
    read_moment(cell, order, &TimeZone::get(zone).unwrap()).map(|moment| moment.to_string())
}

#[test]
fn known_dates() {
    for (cell, order, moment) in [
        ("2017-12-27T21:36:22Z", YearFirst, "2017-12-27T21:36:22Z"),
        ("2017-12-27T21:36:22-08:00", YearFirst, "2017-12-28T05:36:22Z"),
        ("2017-12-27 13:36:22", YearFirst, "2017-12-27T21:36:22Z"),
        ("2017-12-27T13:36:22.5", YearFirst, "2017-12-27T21:36:22.5Z"),
        ("2017-12-27", YearFirst, "2017-12-27T08:00:00Z"),
        ("2017/12/27 13:36", YearFirst, "2017-12-27T21:36:00Z"),
        ("20171227", YearFirst, "2017-12-27T08:00:00Z"),
        ("20171227133622", YearFirst, "2017-12-27T21:36:22Z"),
        ("12/27/2017 01:36:22 PM", MonthFirst, "2017-12-27T21:36:22Z"),
        ("12/27/2017 12:36:22 AM", MonthFirst, "2017-12-27T08:36:22Z"),
        ("27/12/2017 13:36", DayFirst, "2017-12-27T21:36:00Z"),
        ("27.12.17", DayFirst, "2017-12-27T08:00:00Z"),
        ("27-Dec-2017", DayFirst, "2017-12-27T08:00:00Z"),
        ("Dec 27, 2017 1:36 p.m.", MonthFirst, "2017-12-27T21:36:00Z"),
        ("27 de diciembre de 2017", DayFirst, "2017-12-27T08:00:00Z"),
        ("Wed, 27 Dec 2017 13:36:22 -0800", DayFirst, "2017-12-27T21:36:22Z"),
        ("٢٧/١٢/٢٠١٧", DayFirst, "2017-12-27T08:00:00Z"),
        ("27 ديسمبر 2017", DayFirst, "2017-12-27T08:00:00Z"),
        ("1514410582", UnixSeconds, "2017-12-27T21:36:22Z"),
        ("1514410582000", UnixMilliseconds, "2017-12-27T21:36:22Z"),
    ] {
        assert_eq!(read(cell, order, "America/Los_Angeles").as_deref(), Some(moment), "{cell}");
    }
}

#[test]
fn what_is_no_date() {
    for cell in [
        "",
        "x",
        "13/13/2017",
        "2017-02-30",
        "27/12/17017",
        "12:30",
        "1/2",
        "2017-12-27 25:00",
        "2017-12-27 1:00 XM",
        "0001-01-01",
        "9999-01-01",
        "27/12/2017 0:00 PM",
    ] {
        for order in DateOrder::ALL {
            assert_eq!(read(cell, order, "UTC"), None, "{cell} {order:?}");
        }
    }
}

#[test]
fn clocks_put_forward_and_back() {
    // 2024-03-10 02:30 does not exist in Los Angeles, 2024-11-03 01:30 is there twice.
    assert_eq!(read("2024-03-10 02:30", YearFirst, "America/Los_Angeles").unwrap(), "2024-03-10T10:30:00Z");
    assert_eq!(read("2024-11-03 01:30", YearFirst, "America/Los_Angeles").unwrap(), "2024-11-03T08:30:00Z");
}

fn verdict(cells: &[&str]) -> DateVerdict {
    let text = format!("when\n{}\n", cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join("\n"));
    Survey::of(&Table::read(text.as_bytes(), &Wish::default()).unwrap()).columns[0].dates.verdict()
}

#[test]
fn the_whole_column_decides() {
    let unsure = DateVerdict::Unsure(vec![DayFirst, MonthFirst]);
    let mut column = vec!["01/02/2024"; 999];
    assert_eq!(verdict(&column), unsure, "nobody can tell");
    column.push("13/02/2024");
    assert_eq!(verdict(&column), DateVerdict::Sure(DayFirst), "the thousandth row tells");
    column.push("02/13/2024");
    assert_eq!(verdict(&column), unsure, "and the next contradicts");
    assert_eq!(verdict(&["02/13/2024", "13/02/2024"]), unsure);
    assert_eq!(verdict(&["01/01/2024", "02/02/2024"]), DateVerdict::Sure(DayFirst), "no difference");
    assert_eq!(verdict(&["2024-01-02", "2024-02-01T10:00:00Z"]), DateVerdict::Sure(YearFirst));
    assert_eq!(verdict(&["Dec 1, 2024", "Jan 2, 2024"]), DateVerdict::Sure(DayFirst), "named months are plain");
    assert_eq!(verdict(&["1514410582", "1514410583"]), DateVerdict::Sure(UnixSeconds));
    assert_eq!(verdict(&["34.1", "12 Main St", "90042"]), DateVerdict::NoDates);
}

proptest! {
    #[test]
    fn nothing_panics(cell in "\\PC{0,70}") {
        for order in DateOrder::ALL {
            read_moment(&cell, order, &TimeZone::UTC);
        }
    }

    #[test]
    fn dates_that_jiff_writes_are_read_back(seconds in -2_000_000_000_i64..4_000_000_000) {
        let moment = jiff::Timestamp::from_second(seconds).unwrap();
        let civil = moment.to_zoned(TimeZone::UTC);
        for (form, order) in [
            ("%Y-%m-%d %H:%M:%S", YearFirst), ("%d/%m/%Y %H:%M:%S", DayFirst), ("%m/%d/%Y %I:%M:%S %p", MonthFirst),
            ("%A, %B %d, %Y %H:%M:%S", MonthFirst), ("%d %b %Y %H:%M:%S", DayFirst), ("%Y%m%d%H%M%S", YearFirst),
        ] {
            let text = civil.strftime(form).to_string();
            prop_assert_eq!(read_moment(&text, order, &TimeZone::UTC), Some(moment), "{}", text);
        }
    }
}

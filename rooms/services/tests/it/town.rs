//! A town with a service that is designed by the pages.

use axum::http::StatusCode;
use civic::Role;
use people::organisations::Organisation;
use testing::{Browser, Plan, Seen, TestTown};
use web::limits::{Gates, Limits};

/// The town, on one database, with the agency of the streets.
pub struct Hall {
    pub town: TestTown,
    pub agency: Organisation,
}

/// One on each database of this run.
pub async fn halls() -> Vec<Hall> {
    halls_of(false).await
}

/// The same in a demo, where one pays in the sandbox.
pub async fn demo_halls() -> Vec<Hall> {
    halls_of(true).await
}

async fn halls_of(demo: bool) -> Vec<Hall> {
    let plan = Plan {
        rooms: || vec![people::room(), places::room(), commons::room(), forms::room(), services::room()],
        install,
        demo,
    };
    let mut halls = Vec::new();
    for town in testing::towns(&plan) {
        let agency = town.agency("streets", "Street office").await;
        halls.push(Hall { town, agency });
    }
    halls
}

pub fn install(db: &database::Db, installed: &mut web::town::Installed) {
    installed.add(db.read_blocking(places::Districts::load).unwrap());
    let many = 100_000.try_into().unwrap();
    installed.add(Gates::new(Limits { acts_per_minute: many, mails_per_hour: many, ..Limits::default() }));
}

/// A field's fields, as the editor sends them.
type Fields<'f> = &'f [(&'f str, &'f str)];

impl Hall {
    /// An officer of the street office.
    pub async fn officer(&self, name: &str) -> Browser {
        self.town.holder(&format!("{name}@example.org"), Role::Officer, Some(&self.agency)).await
    }

    /// The version stamp of a draft, out of its page.
    pub async fn stamp(&self, officer: &Browser, code: &str) -> String {
        let page = officer.get(&format!("/admin/services/{code}")).await.sees(StatusCode::OK).text;
        hidden(&page, "version")
    }

    /// Adds a question by the editor.
    pub async fn question(&self, officer: &Browser, code: &str, fields: Fields<'_>) -> Seen {
        let version = self.stamp(officer, code).await;
        let mut all = vec![("version", version.as_str()), ("act", "add"), ("required", "yes")];
        all.extend_from_slice(fields);
        officer.post(&format!("/admin/services/{code}/form"), &all).await
    }

    /// Makes and publishes residents' parking: a district, a yes or no with a page that hangs on it, money, a sum, mail, a signature.
    pub async fn parking(&self, more: Fields<'_>) -> Browser {
        let officer = self.officer("olga").await;
        let made = [
            ("code", "parking"),
            ("organisation", "streets"),
            ("title-en", "Residents' parking"),
            ("title-es", "Aparcamiento de residentes"),
        ];
        officer.post("/admin/services", &made).await.sees(StatusCode::SEE_OTHER);
        for fields in [
            &[("kind", "text"), ("label-en", "Your name"), ("name", "full_name")][..],
            &[("kind", "yes-no"), ("label-en", "Do you own the car?"), ("name", "own_car")],
            &[("kind", "text"), ("label-en", "Who owns it?"), ("name", "owner"), ("show-if", "own_car=no")],
            &[("kind", "money"), ("label-en", "Monthly rent"), ("name", "rent")],
            &[("kind", "calculated"), ("label-en", "Rent of a year"), ("name", "year"), ("formula", "rent * 12")],
            &[("kind", "email"), ("label-en", "Your e-mail"), ("name", "email")],
            &[("kind", "signature"), ("label-en", "Sign"), ("name", "sign"), ("label-es", "Firme")],
        ] {
            self.question(&officer, "parking", fields).await.sees(StatusCode::SEE_OTHER);
        }
        self.keep(&officer, "parking", more).await.sees(StatusCode::SEE_OTHER);
        self.publish(&officer, "parking").await.sees(StatusCode::SEE_OTHER);
        officer
    }

    /// Keeps the words of a service.
    pub async fn keep(&self, officer: &Browser, code: &str, more: Fields<'_>) -> Seen {
        let version = self.stamp(officer, code).await;
        let mut all = vec![
            ("version", version.as_str()),
            ("title-en", "Residents' parking"),
            ("title-es", "Aparcamiento de residentes"),
            ("summary-en", "Park near your home."),
            ("who-en", "Everybody who lives in the town and has a car."),
            ("need-en", "Your registration\nYour lease"),
            ("cost-en", "25 a year"),
            ("cost-amount", "25"),
            ("law-en", "Parking ordinance, section 4"),
            ("law-url", "https://law.example/parking"),
            ("keywords", "car permit moved house coche"),
            ("counter-en", "Town hall, Monday to Friday"),
            ("phone", "+34 600 000 000"),
            ("event", "moving"),
            ("online", "yes"),
            ("answer-days", "10"),
            ("appeal-days", "30"),
        ];
        all.extend_from_slice(more);
        officer.post(&format!("/admin/services/{code}"), &all).await
    }

    /// Publishes what is written.
    pub async fn publish(&self, officer: &Browser, code: &str) -> Seen {
        let version = self.stamp(officer, code).await;
        officer.post(&format!("/admin/services/{code}/publish"), &[("version", &version)]).await
    }

    /// Begins an application; the address of the draft without its page.
    pub async fn begins(&self, who: &Browser) -> String {
        let begun = who.post("/services/parking/apply", &[]).await.sees(StatusCode::SEE_OTHER);
        let location = begun.location();
        location.rsplit_once('/').unwrap().0.to_owned()
    }

    /// Answers everything.
    pub async fn answers(&self, who: &Browser, draft: &str) {
        for (page, answer) in [
            ("page_full_name", "Amina"),
            ("page_own_car", "yes"),
            ("page_rent", "700.50"),
            ("page_year", ""),
            ("page_email", "amina@example.org"),
            ("page_sign", "Amina"),
        ] {
            who.post(&format!("{draft}/{page}"), &[("q1", answer)]).await.sees(StatusCode::SEE_OTHER);
        }
    }

    /// Files an application by the pages: its reference and the secret of its link.
    pub async fn applies(&self, who: &Browser) -> (String, String) {
        let draft = self.begins(who).await;
        self.answers(who, &draft).await;
        let sent = who.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        let (path, key) = sent.location().split_once("?key=").unwrap();
        let code = path.strip_prefix("/applications/").unwrap().strip_suffix("/receipt").unwrap();
        (code.to_owned(), key.to_owned())
    }

    /// An officer opens an application, and says why.
    pub async fn opens(&self, officer: &Browser, code: &str) -> Seen {
        let path = format!("/desk/services/{code}");
        officer.post(&format!("{path}/look"), &[("why", "working")]).await.sees(StatusCode::SEE_OTHER);
        officer.get(&path).await.sees(StatusCode::OK)
    }

    /// Does something at the office on what the page shows now.
    pub async fn acts(&self, officer: &Browser, code: &str, act: &str, fields: Fields<'_>) -> Seen {
        let version = hidden(&self.opens(officer, code).await.text, "version");
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        officer.post(&format!("/desk/services/{code}/{act}"), &all).await
    }
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}

/// Reasons that are long enough.
pub const REASONS: (&str, &str) = ("text", "You live in the street and the car is yours.");

/// The columns of the room's tables, as its migrations name them: table and column.
pub fn columns() -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for migration in services::MIGRATIONS.migrations {
        let mut table = None;
        for line in migration.sql.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("create table ") {
                table = rest.split(' ').next();
            } else if line.starts_with(')') {
                table = None;
            } else if let (Some(table), Some(column)) = (table, line.split(' ').next()) {
                let is_column = !["--", "primary", "unique", "foreign"].contains(&column);
                columns.extend(is_column.then(|| (table.to_owned(), column.trim_end_matches(',').to_owned())));
            }
        }
    }
    columns
}

impl Hall {
    /// Copies of the one application that there is, numbered from 1 as `i`, with other values in these columns (SQL of the test).
    pub async fn copies(&self, count: usize, values: &[(&str, &str)]) {
        let own: Vec<String> =
            columns().into_iter().filter(|(table, _)| table == "applications").map(|(_, column)| column).collect();
        let value = |column: &String| {
            let other = values.iter().find(|(of, _)| of == column).map(|(_, value)| (*value).to_owned());
            other.unwrap_or_else(|| column.clone())
        };
        let selected: Vec<String> = own.iter().map(value).collect();
        let sql = format!(
            "with recursive n(i) as (select cast(1 as bigint) union all select i + 1 from n where i < {count}) \
             insert into applications ({}) select {} from applications, n where code not like 'A-COPY%'",
            own.join(", "),
            selected.join(", ")
        );
        self.runs(sql).await;
    }

    /// The private links that were sent to others who apply too: address and path.
    pub async fn links(&self) -> Vec<(String, String)> {
        let mails = self.town.mails().await.into_iter().filter(|mail| mail.mail.subject.contains("do you apply too"));
        let link = |mail: people::mail::WrittenMail| {
            let (_, rest) = mail.mail.body_text.split_once("/applications/").unwrap();
            (mail.mail.to.as_str().to_owned(), format!("/applications/{}", rest.split_whitespace().next().unwrap()))
        };
        mails.map(link).collect()
    }

    /// Amina applies with Bo, who has an address, and Cleo, who has none: the reference, Amina's key and Bo's.
    pub async fn applies_together(&self, amina: &Browser) -> (String, String, String) {
        let draft = self.begins(amina).await;
        self.answers(amina, &draft).await;
        let joint = format!("{draft}/joint");
        for (name, email) in [("Bo", "bo@example.org"), ("Cleo", "")] {
            amina.post(&joint, &[("joint-name", name), ("joint-email", email)]).await.sees(StatusCode::SEE_OTHER);
        }
        let sent = amina.post(&format!("{draft}/check"), &[]).await.sees(StatusCode::SEE_OTHER);
        let (path, key) = sent.location().split_once("?key=").unwrap();
        let code = path.strip_prefix("/applications/").unwrap().strip_suffix("/receipt").unwrap().to_owned();
        let (to, link) = self.links().await.pop().unwrap();
        assert_eq!(to, "bo@example.org");
        (code, key.to_owned(), link.split_once("?key=").unwrap().1.to_owned())
    }

    /// Changes the database as no page does.
    pub async fn runs(&self, sql: String) {
        let done = self.town.town.db().write(move |tx| {
            tx.execute(&sql, &[])?;
            tx.commit(database::OffRecord("a test"), ())
        });
        done.await.map_err(|error: database::DbError| error).unwrap();
    }

    /// Counts the figures anew.
    pub async fn measures(&self) {
        services::measure(&self.town.town).await.map_err(|stop| format!("{stop:?}")).unwrap();
    }
}

//! Fees: worked out by the rules, paid once, given back, and held against what the provider says.

use crate::town::{Hall, demo_halls, halls, hidden};
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use testing::{Browser, Seen};

/// 25 for a permit; nothing for who pays little rent; and where `zone` matters, nobody asks for it.
fn rules(fee: &str) -> String {
    format!(
        r#"entity person
input own_car: yesno of person, each month
  ask "Do you own the car?"
input rent: money of person, each month
  ask "What is the rent?"
input zone: integer of person, each month
  ask "Which zone?"
rule fee: money of person, each month
  law "Parking ordinance, section 9"
  from 2010-01-01: {fee}
entitlement permit: yesno of person, each month
  law "Parking ordinance, section 4"
  from 2010-01-01:
    requires own_car
      because "a permit belongs to a car of your own"
    amount yes
"#
    )
}

pub const BY_RENT: &str =
    "25.00\n    exception little when rent at most 300.00\n      law \"Parking ordinance, section 9(2)\"\n      : 0.00";
const BY_ZONE: &str = "if zone at least 3 then 10.00 else 20.00";
const TESTS: &str =
    r#"[{"name": "owner", "period": "2018-01", "input": {"own_car": true}, "output": {"permit": true}}]"#;

pub async fn charging(hall: &Hall, fee: &str, when: &str) -> Browser {
    let rules = rules(fee);
    hall.parking(&[("rules", rules.as_str()), ("rule-tests", TESTS), ("charges", when)]).await
}

struct Owes {
    who: Browser,
    code: String,
    key: String,
}

impl Owes {
    async fn new(hall: &Hall, rent: &str) -> Self {
        let who = hall.town.browser();
        let draft = hall.begins(&who).await;
        hall.answers(&who, &draft).await;
        who.post(&format!("{draft}/page_rent"), &[("q1", rent)]).await.sees(StatusCode::SEE_OTHER);
        let sent = who.post(&format!("{draft}/check.json"), &[]).await.sees(StatusCode::CREATED).json();
        let (code, key) = (sent["code"].as_str().unwrap().to_owned(), sent["key"].as_str().unwrap().to_owned());
        Self { who, code, key }
    }

    async fn page(&self) -> Seen {
        self.who.get(&format!("/applications/{}?key={}", self.code, self.key)).await.sees(StatusCode::OK)
    }

    async fn pay(&self) -> Seen {
        self.who.post(&format!("/applications/{}/pay", self.code), &[("key", &self.key)]).await
    }

    /// Goes to the sandbox and does this there.
    async fn at_sandbox(&self, act: &str) -> Seen {
        let checkout = self.pay().await.sees(StatusCode::SEE_OTHER).location().to_owned();
        let page = self.who.get(&checkout).await.sees(StatusCode::OK).says("no money moves").says("EUR 25");
        let back = hidden(&page.text, "back").replace("&#38;", "&").replace("&amp;", "&");
        let (path, _) = checkout.split_once('?').unwrap();
        self.who.post(path, &[("act", act), ("back", &back)]).await
    }
}

/// An officer does something about a fee.
async fn does(hall: &Hall, officer: &Browser, code: &str, act: &str, fields: &[(&str, &str)]) -> Seen {
    let version = hidden(&hall.opens(officer, code).await.text, "fee-version");
    let mut all = vec![("fee-version", version.as_str())];
    all.extend_from_slice(fields);
    officer.post(&format!("/desk/services/{code}/fee/{act}"), &all).await
}

async fn state_of(hall: &Hall) -> Vec<String> {
    hall.town.column("select state from payments order by made_at, id").await
}

/// The provider tells something, signed with its key.
async fn tells(hall: &Hall, body: &Value, key: Option<&str>) -> Seen {
    let own = hall.town.column("select secret from payment_keys").await.pop().unwrap_or_default();
    let text = body.to_string();
    let request = Request::builder()
        .method(Method::POST)
        .uri("/payments/callback/sandbox")
        .header("x-payment-signature", record::seal(key.unwrap_or(&own), &text));
    hall.town.browser().send(request, text.into_bytes()).await
}

async fn differences(officer: &Browser) -> Vec<String> {
    let view = officer.get("/desk/services/payments/differences.json").await.sees(StatusCode::OK).json();
    view["differences"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_is_owed_is_said_by_the_rules_and_nothing_is_not_unknown() {
    for hall in halls().await {
        let olga = charging(&hall, BY_RENT, "filing").await;
        let (pays, exempt) = (Owes::new(&hall, "700.50").await, Owes::new(&hall, "250").await);
        pays.page().await.says("EUR 25 is to be paid").says("Pay at the counter").says("section 9");
        exempt.page().await.says("For you it costs nothing").says("section 9(2)").never_says("Pay at the counter");
        assert_eq!(state_of(&hall).await, ["due", "nothing"]);
        // The rules change: the amount hangs on what nobody asked.
        let unknown = rules(BY_ZONE);
        let version = hall.stamp(&olga, "parking").await;
        let form = olga.get("/admin/services/parking").await.text;
        assert!(form.contains("value=\"filing\" checked"), "what was chosen stays");
        let kept = hall
            .keep(&olga, "parking", &[("rules", unknown.as_str()), ("rule-tests", TESTS), ("charges", "filing")])
            .await;
        kept.sees(StatusCode::SEE_OTHER);
        assert_ne!(version, hall.stamp(&olga, "parking").await);
        hall.publish(&olga, "parking").await.sees(StatusCode::SEE_OTHER);
        let open = Owes::new(&hall, "700.50").await;
        open.page().await.says("is not known yet").says("you owe nothing").never_says("Nothing to pay").says("zone");
        assert_eq!(state_of(&hall).await, ["due", "nothing", "unknown"]);
        let csv = olga.get("/desk/services/payments.csv").await.sees(StatusCode::OK).text;
        assert!(
            csv.contains(",due,25.00,EUR") && csv.contains(",nothing,0.00,EUR") && csv.contains(",unknown,,EUR"),
            "{csv}"
        );
        does(&hall, &olga, &open.code, "set", &[("amount", "much"), ("reason", "zone 2")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        does(&hall, &olga, &open.code, "set", &[("amount", "20"), ("reason", "")])
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
        does(&hall, &olga, &open.code, "set", &[("amount", "20"), ("reason", "It is zone 2")])
            .await
            .sees(StatusCode::SEE_OTHER);
        open.page().await.says("EUR 20 is to be paid");
        // Without a provider one pays at the counter.
        open.pay().await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("takes no payments online");
        hall.town.browser().get("/sandbox/pay/nothing").await.sees(StatusCode::NOT_FOUND);
        does(&hall, &olga, &open.code, "take", &[("reference", "")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        does(&hall, &olga, &open.code, "take", &[("reference", "R 17")]).await.sees(StatusCode::SEE_OTHER);
        open.page().await.says("EUR 20 was paid");
        does(&hall, &olga, &open.code, "refund", &[("reason", "Paid by mistake")]).await.sees(StatusCode::SEE_OTHER);
        open.page().await.says("EUR 20 was given back");
        assert!(
            olga.get("/desk/services/payments/differences")
                .await
                .sees(StatusCode::OK)
                .text
                .contains("no provider of payments")
        );
    }
}

#[tokio::test]
async fn a_fee_comes_due_when_it_is_granted_where_the_service_says_so() {
    for hall in halls().await {
        let olga = charging(&hall, BY_RENT, "grant").await;
        let (one, other) = (Owes::new(&hall, "700.50").await, Owes::new(&hall, "700.50").await);
        assert!(state_of(&hall).await.is_empty());
        one.page().await.never_says("is to be paid");
        hall.acts(&olga, &one.code, "decide", &[("outcome", "granted"), crate::town::REASONS])
            .await
            .sees(StatusCode::SEE_OTHER);
        hall.acts(&olga, &other.code, "decide", &[("outcome", "refused"), ("against", "yes"), crate::town::REASONS])
            .await
            .sees(StatusCode::SEE_OTHER);
        assert_eq!(state_of(&hall).await, ["due"]);
        one.page().await.says("EUR 25 is to be paid");
        // Nothing of payments is on the record.
        hall.town.settle().await;
        assert!(hall.town.record().await.iter().all(|entry| !entry.contains("payment") && !entry.contains("2500")));
    }
}

#[tokio::test]
async fn a_fee_needs_an_amount_and_a_rule_for_money() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let wrong = rules("yes").replace("fee: money", "fee: yesno");
        let kept = hall
            .keep(&olga, "parking", &[("rules", wrong.as_str()), ("rule-tests", TESTS), ("charges", "filing")])
            .await;
        kept.sees(StatusCode::UNPROCESSABLE_ENTITY).says("must be a rule for money");
    }
}

#[tokio::test]
async fn it_is_paid_once_however_often_the_provider_tells() {
    for hall in demo_halls().await {
        let olga = charging(&hall, BY_RENT, "filing").await;
        let one = Owes::new(&hall, "700.50").await;
        one.page().await.says("This is a sandbox");
        assert!(one.at_sandbox("decline").await.sees(StatusCode::SEE_OTHER).location().contains(&one.key));
        one.page().await.says("EUR 25 is to be paid");
        one.at_sandbox("pay").await.sees(StatusCode::SEE_OTHER);
        one.page().await.says("EUR 25 was paid").never_says("Pay now");
        one.pay().await.sees(StatusCode::CONFLICT);
        let payment = hall.town.column("select id from payments").await.remove(0);
        let reference = hall.town.column("select reference from payments").await.remove(0);
        let steps = "select what from payment_steps order by at, id";
        assert_eq!(hall.town.column(steps).await, ["worked-out", "paid"]);
        // Told again, by many at once: nothing more happens.
        let body = json!({"id": format!("{reference}-paid"), "kind": "paid", "payment": payment, "reference": reference, "amount_cents": 2500});
        let told = futures_util::future::join_all((0..6).map(|_| tells(&hall, &body, None))).await;
        for seen in told {
            assert_eq!(seen.sees(StatusCode::OK).json()["answer"], "known");
        }
        assert_eq!((hall.town.column(steps).await.len(), state_of(&hall).await), (2, vec!["paid".to_owned()]));
        // By somebody else's key, unreadable, of another amount, or of a payment that is none: nothing is taken.
        tells(&hall, &body, Some("guess")).await.sees(StatusCode::FORBIDDEN);
        tells(&hall, &json!({"id": "x"}), None).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        for (id, payment, cents) in [("e-1", payment.as_str(), 1), ("e-2", "nobody", 2500)] {
            let body =
                json!({"id": id, "kind": "paid", "payment": payment, "reference": "other", "amount_cents": cents});
            assert_eq!(tells(&hall, &body, None).await.sees(StatusCode::OK).json()["answer"], "put-aside");
        }
        assert_eq!(state_of(&hall).await, ["paid"]);
        hall.town.browser().post("/payments/callback/nobody", &[]).await.sees(StatusCode::NOT_FOUND);
        // Nobody is led away by the sandbox.
        let away = Owes::new(&hall, "700.50").await;
        let path = away.pay().await.location().split('?').next().unwrap().to_owned();
        for back in ["https://evil.test/", "//evil.test", "/applications/A-1\\@evil.test"] {
            let page = away.who.get(&format!("{path}?back={back}")).await.says("href=\"/services\"");
            page.never_says(&format!("href=\"{back}")).never_says(&format!("value=\"{back}"));
        }
        assert!(differences(&olga).await.is_empty());
    }
}

#[tokio::test]
async fn many_callbacks_at_once_are_taken_once() {
    for hall in demo_halls().await {
        charging(&hall, BY_RENT, "filing").await;
        let one = Owes::new(&hall, "700.50").await;
        one.at_sandbox("lose").await.sees(StatusCode::SEE_OTHER);
        let payment = hall.town.column("select id from payments").await.remove(0);
        let reference = hall.town.column("select reference from sandbox_charges").await.remove(0);
        let body =
            json!({"id": "e-9", "kind": "paid", "payment": payment, "reference": reference, "amount_cents": 2500});
        // The key is made by whoever needs it first.
        tells(&hall, &json!({}), None).await;
        let told = futures_util::future::join_all((0..8).map(|_| tells(&hall, &body, None))).await;
        let answers: Vec<Value> =
            told.into_iter().map(|seen| seen.sees(StatusCode::OK).json()["answer"].clone()).collect();
        assert_eq!(answers.iter().filter(|answer| **answer == "taken").count(), 1, "{answers:?}");
        let steps = "select what from payment_steps where what = 'paid'";
        assert_eq!((hall.town.column(steps).await.len(), state_of(&hall).await), (1, vec!["paid".to_owned()]));
    }
}

#[tokio::test]
async fn what_the_provider_sees_differently_is_named_and_settled() {
    for hall in demo_halls().await {
        let olga = charging(&hall, BY_RENT, "filing").await;
        let (lost, waived, back) =
            (Owes::new(&hall, "700.50").await, Owes::new(&hall, "700.50").await, Owes::new(&hall, "700.50").await);
        lost.at_sandbox("lose").await.sees(StatusCode::SEE_OTHER);
        assert_eq!(differences(&olga).await, ["paid-there"]);
        let page =
            olga.get("/desk/services/payments/differences").await.says("Paid there, not here").says(&lost.code).text;
        let reference = hidden(&page, "reference");
        let settle = [("application", lost.code.as_str()), ("reference", reference.as_str()), ("act", "take")];
        let lights = hall.town.agency("lights", "Lights").await;
        let eve = hall.town.holder("eve@example.org", civic::Role::Officer, Some(&lights)).await;
        eve.post("/desk/services/payments/differences", &settle).await.sees(StatusCode::NOT_FOUND);
        assert!(differences(&eve).await.is_empty());
        eve.get("/desk/services/payments").await.sees(StatusCode::OK).never_says(&lost.code);
        olga.post("/desk/services/payments/differences", &settle).await.sees(StatusCode::SEE_OTHER);
        lost.page().await.says("EUR 25 was paid");
        assert!(differences(&olga).await.is_empty());
        // The office does without it while somebody pays: that must go back.
        let checkout = waived.pay().await.location().split('?').next().unwrap().to_owned();
        does(&hall, &olga, &waived.code, "waive", &[("reason", "Hardship, as they told us")])
            .await
            .sees(StatusCode::SEE_OTHER);
        waived.who.post(&checkout, &[("act", "pay"), ("back", "")]).await.sees(StatusCode::SEE_OTHER);
        waived.page().await.says("does without this fee");
        assert_eq!(differences(&olga).await, ["paid-there"]);
        let reference = hidden(&olga.get("/desk/services/payments/differences").await.text, "reference");
        let of = |act: &'static str| {
            [("application", waived.code.clone()), ("reference", reference.clone()), ("act", act.to_owned())]
        };
        let send = async |fields: [(&str, String); 3]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            olga.post("/desk/services/payments/differences", &fields).await
        };
        send(of("take")).await.sees(StatusCode::CONFLICT).says("does not fit");
        send(of("refund")).await.sees(StatusCode::SEE_OTHER);
        assert!(differences(&olga).await.is_empty());
        assert_eq!(hall.town.column("select state from sandbox_charges order by at desc limit 1").await, ["refunded"]);
        // Paid and given back, with a reason.
        back.at_sandbox("pay").await.sees(StatusCode::SEE_OTHER);
        let before = hidden(&hall.opens(&olga, &back.code).await.text, "fee-version");
        does(&hall, &olga, &back.code, "refund", &[("reason", "no")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        does(&hall, &olga, &back.code, "refund", &[("reason", "The permit was given up")])
            .await
            .sees(StatusCode::SEE_OTHER);
        back.page().await.says("goes back to you");
        // From a page of before: once is enough.
        let again = [("fee-version", before.as_str()), ("reason", "The permit was given up")];
        let path = format!("/desk/services/{}/fee/refund", back.code);
        olga.post(&path, &again).await.sees(StatusCode::CONFLICT);
        hall.town.settle().await;
        back.page().await.says("EUR 25 was given back").says("The permit was given up");
        assert!(differences(&olga).await.is_empty());
        // The books keep the sums; few are not told.
        services::measure(&hall.town.town).await.map_err(|stop| format!("{stop:?}")).unwrap();
        assert!(hall.town.browser().get("/services/figures.json").await.json()["fees"].is_null());
        for _ in 0..8 {
            Owes::new(&hall, "700.50").await;
        }
        // Eight are fewer than ten: what they change is told when the day is over.
        services::measure(&hall.town.town).await.map_err(|stop| format!("{stop:?}")).unwrap();
        assert!(hall.town.browser().get("/services/figures.json").await.json()["fees"].is_null());
        hall.town.clock.advance_seconds(86_400);
        services::measure(&hall.town.town).await.map_err(|stop| format!("{stop:?}")).unwrap();
        let fees = hall.town.browser().get("/services/figures.json").await.json()["fees"].clone();
        assert_eq!(
            fees,
            json!({"count": 11, "paid_cents": 2500, "refunded_cents": 2500, "waived_cents": 2500, "due_cents": 20000})
        );
        hall.town.browser().get("/services/figures").await.says("Fees in sums").says("EUR 200");
    }
}

#[tokio::test]
async fn a_fee_is_for_its_applicant_and_its_agency() {
    for hall in demo_halls().await {
        let olga = charging(&hall, BY_RENT, "filing").await;
        let peter = hall.officer("peter").await;
        let (one, other) = (Owes::new(&hall, "700.50").await, Owes::new(&hall, "700.50").await);
        let path = format!("/applications/{}/pay", one.code);
        for key in ["", other.key.as_str()] {
            other.who.post(&path, &[("key", key)]).await.sees(StatusCode::NOT_FOUND);
        }
        // Nothing is done on an application before somebody said why they open it.
        let fee = format!("/desk/services/{}/fee/waive", one.code);
        olga.post(&fee, &[("fee-version", "1"), ("reason", "Hardship")]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(state_of(&hall).await, ["due", "due"]);
        // Two at once: one is told that it changed.
        hall.opens(&olga, &one.code).await;
        hall.opens(&peter, &one.code).await;
        let waive = [("fee-version", "1"), ("reason", "Hardship")];
        let (first, second) = tokio::join!(olga.post(&fee, &waive), peter.post(&fee, &waive));
        let mut statuses = [first.status, second.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
        let lights = hall.town.agency("lights", "Lights").await;
        let eve = hall.town.holder("eve@example.org", civic::Role::Officer, Some(&lights)).await;
        eve.post(&fee, &waive).await.sees(StatusCode::NOT_FOUND);
        hall.town.browser().get("/desk/services/payments").await.sees(StatusCode::SEE_OTHER);
    }
}

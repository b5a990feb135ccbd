//! One district on a page, and on a sheet of paper.

use super::{FiguresRow, GapView, Line, gap_sentence, line::line, poster, view};
use crate::{
    figures::{Figures, backlog::Backlog},
    room::Books,
    views::Eyes,
};
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, text},
    parts::Crumb,
    visit::Path,
};

/// The figures of one district.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DistrictView {
    /// When they were counted (RFC 3339).
    pub as_of: String,
    /// All its reports.
    pub district: FiguresRow,
    /// By category, the most reported first.
    pub categories: Vec<FiguresRow>,
    /// That it has waited longer than the town, as long as it does.
    pub gap: Option<GapView>,
    /// Its open backlog and forecast.
    pub backlog: super::BacklogView,
}

#[derive(askama::Template)]
#[template(path = "figures_district.html")]
struct DistrictPage {
    frame: Frame,
    code: String,
    all: Line,
    categories: Vec<Line>,
    gap: String,
    backlog: super::outlook::Section,
    reporting: String,
    sheet: String,
    period: String,
}

/// In which form it is asked for.
enum Form {
    Page,
    Svg,
    Pdf,
}

/// GET /requests/figures/districts/{code}, with .svg or .pdf for the sheet of paper
pub async fn district(State(town): State<Town>, visit: Visit, Path(asked): Path<String>) -> Answer {
    let (code, form) = form_of(&town, &asked).ok_or(Stop::NotFound)?;
    let figures = town.part::<Books>().figures(&town).await?;
    let all = view(&town, &visit, &figures);
    let row = all.districts.into_iter().find(|row| row.named.code == code).ok_or(Stop::NotFound)?;
    let gap = figures.gaps.iter().find(|gap| gap.district == code);
    let backlog = Backlog::of(figures.backlogs.get(code).cloned().unwrap_or_default());
    let eyes = Eyes::new(&town, visit.t.language());
    let shown = DistrictView {
        as_of: all.as_of,
        categories: categories(&eyes, &figures, code),
        gap: gap.map(|gap| GapView::of(&eyes, gap)),
        backlog: super::outlook::view(&visit, &backlog),
        district: row,
    };
    let sheet = || poster::sheet(&town, &visit, &figures, &shown, &backlog).map_err(Stop::fault);
    match (form, visit.wants) {
        (Form::Svg, _) => Ok(text("image/svg+xml; charset=utf-8", sheet()?.to_svg().map_err(Stop::fault)?)),
        (Form::Pdf, _) => Ok(text("application/pdf", sheet()?.to_pdf().map_err(Stop::fault)?)),
        (Form::Page, Wants::Csv) => super::csv::district(&shown),
        (Form::Page, Wants::Html) => page(&DistrictPage {
            frame: Frame::new(
                &town,
                &visit,
                visit.t.with1("district-title", "district", shown.district.named.name.as_str()),
            )
            .twins(&visit, crate::pages::FIGURES_TWINS),
            code: code.to_owned(),
            all: line(&visit, "/requests?district=", &shown.district),
            categories: shown
                .categories
                .iter()
                .map(|row| line(&visit, &format!("/requests?district={code}&category="), row))
                .collect(),
            gap: gap.map(|gap| gap_sentence(&town, &visit, gap)).unwrap_or_default(),
            backlog: super::outlook::section(&visit, &backlog),
            reporting: poster::reporting_sentence(&visit, &shown),
            sheet: sheet()?.to_svg().map_err(Stop::fault)?,
            period: super::period(&visit, &figures, shown.district.reports),
        }),
        (Form::Page, _) => json(&shown),
    }
}

/// The district that is asked for, and its form: by the whole name first, for a code may end like a form.
fn form_of<'a>(town: &Town, asked: &'a str) -> Option<(&'a str, Form)> {
    let districts = town.part::<places::Districts>();
    let endings = [("", Form::Page), (".svg", Form::Svg), (".pdf", Form::Pdf)];
    endings.into_iter().find_map(|(ending, form)| {
        let code = asked.strip_suffix(ending)?;
        districts.name(code).map(|_| (code, form))
    })
}

/// The categories of a district, the most reported first.
fn categories(eyes: &Eyes, figures: &Figures, code: &str) -> Vec<FiguresRow> {
    let own = figures.cells.iter().filter(|((district, _), _)| district == code);
    let mut rows: Vec<FiguresRow> =
        own.map(|((_, category), summary)| super::row(eyes.category(category), summary)).collect();
    rows.sort_by(|one, other| other.reports.cmp(&one.reports).then_with(|| one.named.code.cmp(&other.named.code)));
    rows
}

impl DistrictPage {
    fn crumbs(&self) -> Vec<Crumb> {
        let crumb = |href: &str, label: &str| Crumb { href: href.to_owned(), label: label.to_owned() };
        let t = &self.frame.t;
        vec![
            crumb("/requests", t.say("list-title")),
            crumb("/requests/figures", t.say("figures-title")),
            crumb("", &self.all.name),
        ]
    }
}

//! GET services and GET services/{code}.

use super::{Element, answer, split};
use crate::{
    category::{Attribute, Category},
    room::Books,
};
use axum::extract::{RawQuery, State};
use civic::Language;
use web::{Answer, Stop, Town, Visit, visit::Path};

/// The list of services.
pub fn all<'e>(town: &Town, visit: &Visit) -> Element<'e> {
    let book = town.part::<Books>().categories();
    let language = visit.t.language();
    Element::root(
        "services",
        Element::List("service", book.offered().into_iter().map(|category| service(category, language)).collect()),
    )
}

fn service<'e>(category: &Category, language: Language) -> Element<'e> {
    let definition = &category.definition;
    let local = |text: &civic::LocalText| Element::text(text.in_language(language).to_owned());
    Element::Parts(vec![
        ("service_code", Element::text(category.code.clone())),
        ("service_name", local(&definition.name)),
        ("description", local(&definition.description)),
        ("metadata", Element::Truth(!definition.attributes.is_empty())),
        ("type", Element::text("realtime")),
        ("keywords", Element::text(definition.keywords.join(", "))),
        ("group", definition.group.as_ref().map_or(Element::Empty, local)),
    ])
}

/// GET services/{code}: its questions.
pub async fn one(
    State(town): State<Town>,
    visit: Visit,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let (code, format) = split(&file)?;
    super::asked::read(&town, query.as_deref())?;
    let book = town.part::<Books>().categories();
    let category = book.get(code).filter(|category| category.active).ok_or(Stop::NotFound)?;
    let language = visit.t.language();
    let numbered = category.definition.attributes.iter().zip(1..);
    let attributes = numbered.map(|(attribute, order)| question(attribute, order, language)).collect();
    let definition = Element::root(
        "service_definition",
        Element::Parts(vec![
            ("service_code", Element::text(category.code.clone())),
            ("attributes", Element::List("attribute", attributes)),
        ]),
    );
    Ok(answer(&definition, format))
}

fn question<'e>(attribute: &Attribute, order: i64, language: Language) -> Element<'e> {
    let values = attribute.values.iter().map(|choice| {
        Element::Parts(vec![
            ("key", Element::text(choice.key.clone())),
            ("name", Element::text(choice.name.in_language(language).to_owned())),
        ])
    });
    let mut parts = vec![
        ("variable", Element::Truth(true)),
        ("code", Element::text(attribute.code.clone())),
        ("datatype", Element::text(attribute.datatype.as_str())),
        ("required", Element::Truth(attribute.required)),
        ("datatype_description", Element::Empty),
        ("order", Element::Whole(order)),
        ("description", Element::text(attribute.description.in_language(language).to_owned())),
    ];
    if !attribute.values.is_empty() {
        parts.push(("values", Element::List("value", values.collect())));
    }
    Element::Parts(parts)
}

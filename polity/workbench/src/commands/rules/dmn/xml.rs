//! A small tree of an XML file.

use anyhow::{Context, bail};
use quick_xml::{Reader, XmlVersion, events::Event};

/// How deep elements may lie within one another.
const DEPTH_MAX: usize = 60;

/// One element with its attributes, text and children; names without their prefix.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub fn first(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the element `text` within.
    pub fn inner_text(&self) -> &str {
        self.first("text").map_or("", |text| text.text.trim())
    }
}

/// Reads a file; document types are refused, so no entity can grow.
pub fn read(source: &str) -> anyhow::Result<Element> {
    let mut reader = Reader::from_str(source);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().context("the XML cannot be read")? {
            Event::Start(tag) => {
                if open.len() > DEPTH_MAX {
                    bail!("elements lie more than {DEPTH_MAX} deep");
                }
                open.push(element(&tag)?);
            }
            Event::Empty(tag) => {
                let made = element(&tag)?;
                last(&mut open).children.push(made);
            }
            Event::End(_) => {
                let done = open.pop().filter(|_| !open.is_empty()).context("an element ends that has not begun")?;
                last(&mut open).children.push(done);
            }
            Event::Text(text) => last(&mut open).text.push_str(&text),
            Event::CData(text) => last(&mut open).text.push_str(&text),
            Event::GeneralRef(reference) => {
                let known = match reference.resolve_char_ref()? {
                    Some(letter) => letter.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&reference)
                        .context("an unknown entity")?
                        .to_owned(),
                };
                last(&mut open).text.push_str(&known);
            }
            Event::DocType(_) => bail!("a document type is not read"),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    if open.len() != 1 {
        bail!("an element has no end");
    }
    open.pop().and_then(|mut top| top.children.pop()).context("there is no element")
}

fn last(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the outermost element is never closed")
}

fn element(tag: &quick_xml::events::BytesStart<'_>) -> anyhow::Result<Element> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let mut made = Element { name: local(tag.name().as_ref()), ..Element::default() };
    for attribute in tag.attributes() {
        let attribute = attribute?;
        made.attributes
            .push((local(attribute.key.as_ref()), attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned()));
    }
    Ok(made)
}

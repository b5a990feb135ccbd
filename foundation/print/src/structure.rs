//! What a document is made of, for those who have it read to them: the structure tree of ISO 32000-1, 14.7, in the order of the marks.

use crate::sheet::Role;
use pdf_writer::{
    Finish as _, Name, Pdf, Rect, Ref, TextStr,
    types::{StructRole, TableHeaderScope},
    writers::{NumberTree, StructTreeRoot},
};

/// The pieces of all pages, in their order.
#[derive(Default)]
pub(crate) struct Pieces(Vec<Piece>);

/// A piece of a page's content that says or shows something.
struct Piece {
    page: usize,
    number: i32,
    is: Is,
}

enum Is {
    Text(Role),
    Figure { alt: String, bounds: Rect },
}

/// An element of the tree.
struct Element {
    role: StructRole,
    scope: Option<TableHeaderScope>,
    figure: Option<(String, Rect)>,
    /// Pages and numbers of its pieces; only of an element without others in it.
    pieces: Vec<(usize, i32)>,
    elements: Vec<Element>,
}

impl Pieces {
    /// Notes a text; its number on its page.
    pub fn text(&mut self, page: usize, role: Role) -> i32 {
        self.add(page, Is::Text(role))
    }

    /// Notes something drawn that stands for `alt`; its number on its page.
    pub fn figure(&mut self, page: usize, alt: &str, bounds: Rect) -> i32 {
        self.add(page, Is::Figure { alt: alt.to_owned(), bounds })
    }

    fn add(&mut self, page: usize, is: Is) -> i32 {
        let number = self.0.iter().rev().find(|piece| piece.page == page).map_or(0, |piece| piece.number + 1);
        self.0.push(Piece { page, number, is });
        number
    }

    /// Puts the tree into the file, under `root`; what finds an element by its piece, too.
    pub fn put(self, pdf: &mut Pdf, root: Ref, pages: &[Ref], next: &mut impl FnMut() -> Ref) {
        let [document, parents] = [next(), next()];
        let elements = elements_of(self.0);
        let mut of_pages: Vec<Vec<Ref>> = vec![Vec::new(); pages.len()];
        let kids: Vec<Ref> =
            elements.iter().map(|element| put_element(pdf, element, document, pages, &mut of_pages, next)).collect();
        let mut tree = pdf.indirect(root).start::<StructTreeRoot<'_>>();
        tree.child(document).pair(Name(b"ParentTree"), parents);
        tree.parent_tree_next_key(count(pages.len()));
        tree.finish();
        let mut whole = pdf.struct_element(document);
        whole.kind(StructRole::Document).parent(root).children().items(kids);
        whole.finish();
        let lists: Vec<Ref> = of_pages.iter().map(|_| next()).collect();
        let mut numbers = pdf.indirect(parents).start::<NumberTree<'_, Ref>>();
        let mut entries = numbers.nums();
        for (page, list) in (0..).zip(&lists) {
            entries.insert(page, *list);
        }
        entries.finish();
        numbers.finish();
        for (list, elements) in lists.into_iter().zip(of_pages) {
            pdf.indirect(list).array().items(elements);
        }
    }
}

fn count(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

impl Element {
    fn new(role: StructRole) -> Self {
        Self { role, scope: None, figure: None, pieces: Vec::new(), elements: Vec::new() }
    }

    fn of(role: StructRole, piece: &Piece) -> Self {
        Self { pieces: vec![(piece.page, piece.number)], ..Self::new(role) }
    }

    fn heading(scope: TableHeaderScope, piece: &Piece) -> Self {
        Self { scope: Some(scope), ..Self::of(StructRole::TH, piece) }
    }
}

/// Lines of one text become one element, and cells in a row a table.
fn elements_of(pieces: Vec<Piece>) -> Vec<Element> {
    let mut all: Vec<Element> = Vec::new();
    for piece in pieces {
        let role = match &piece.is {
            Is::Figure { alt, bounds } => {
                let figure = Some((alt.clone(), *bounds));
                all.push(Element { figure, ..Element::of(StructRole::Figure, &piece) });
                continue;
            }
            Is::Text(role) => *role,
        };
        match role {
            Role::Title => all.push(Element::of(StructRole::H1, &piece)),
            Role::Heading => all.push(Element::of(StructRole::H2, &piece)),
            Role::Text => all.push(Element::of(StructRole::P, &piece)),
            Role::Continued => match all.last_mut() {
                Some(last) => innermost(last).pieces.push((piece.page, piece.number)),
                None => all.push(Element::of(StructRole::P, &piece)),
            },
            Role::ColumnHead => {
                let rows = rows_of(&mut all, |rows| rows.len() == 1 && is_head(&rows[0]));
                row_of(rows).push(Element::heading(TableHeaderScope::Column, &piece));
            }
            Role::RowHead => {
                let rows = rows_of(&mut all, |_| true);
                rows.push(Element::new(StructRole::TR));
                row_of(rows).push(Element::heading(TableHeaderScope::Row, &piece));
            }
            Role::Cell => row_of(rows_of(&mut all, |_| true)).push(Element::of(StructRole::TD, &piece)),
        }
    }
    all.iter_mut().filter(|element| element.role == StructRole::Table).for_each(even_out);
    all
}

fn is_head(row: &Element) -> bool {
    row.elements.iter().all(|cell| matches!(cell.scope, Some(TableHeaderScope::Column)))
}

/// The rows of the table that is being told, if it `goes_on`, else of a new one.
fn rows_of(all: &mut Vec<Element>, goes_on: impl Fn(&[Element]) -> bool) -> &mut Vec<Element> {
    let is_told = all.last().is_some_and(|last| last.role == StructRole::Table && goes_on(&last.elements));
    if !is_told {
        all.push(Element::new(StructRole::Table));
    }
    &mut all.last_mut().expect("a table was pushed where there was none").elements
}

/// The cells of the last row, which is begun where there is none.
fn row_of(rows: &mut Vec<Element>) -> &mut Vec<Element> {
    if rows.is_empty() {
        rows.push(Element::new(StructRole::TR));
    }
    &mut rows.last_mut().expect("a row was pushed where there was none").elements
}

/// A row of heads that has none over the heads of rows gets empty cells there, so that all rows are equally long.
fn even_out(table: &mut Element) {
    let longest = table.elements.iter().map(|row| row.elements.len()).max().unwrap_or_default();
    if let Some(first) = table.elements.first_mut().filter(|row| is_head(row)) {
        let missing = longest - first.elements.len();
        first.elements.splice(0..0, (0..missing).map(|_| Element::new(StructRole::TD)));
    }
}

fn innermost(element: &mut Element) -> &mut Element {
    if element.elements.is_empty() {
        return element;
    }
    innermost(element.elements.last_mut().expect("it was just asked whether there are some"))
}

fn put_element(
    pdf: &mut Pdf,
    element: &Element,
    parent: Ref,
    pages: &[Ref],
    of_pages: &mut [Vec<Ref>],
    next: &mut impl FnMut() -> Ref,
) -> Ref {
    let id = next();
    let kids: Vec<Ref> =
        element.elements.iter().map(|inner| put_element(pdf, inner, id, pages, of_pages, next)).collect();
    let mut writer = pdf.struct_element(id);
    writer.kind(element.role).parent(parent);
    if let Some((alt, bounds)) = &element.figure {
        writer.alt(TextStr(alt));
        writer.attributes().push().layout().bbox(*bounds);
    }
    if let Some(scope) = element.scope {
        writer.attributes().push().table().scope(scope);
    }
    let mut children = writer.children();
    for kid in kids {
        children.struct_element(kid);
    }
    for (page, number) in &element.pieces {
        children.marked_content_ref().page(pages[*page]).marked_content_id(*number);
        // Pieces of a page are numbered in the order in which elements are put, so each finds its own.
        debug_assert_eq!(count(of_pages[*page].len()), *number, "the structure keeps the order of the marks");
        of_pages[*page].push(id);
    }
    children.finish();
    writer.finish();
    id
}

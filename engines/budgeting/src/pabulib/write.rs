//! From cells or an election to text.

use super::scan::{Document, Table};
use crate::{
    amount::written,
    election::{Election, VoteType},
};
use std::{borrow::Cow, fmt::Write};

impl Document<'_> {
    /// The file again: every fact, column and cell in its order; quotes only where they are needed.
    pub fn write(&self) -> String {
        let mut text = String::from("META\nkey;value\n");
        for (key, value) in &self.meta {
            push_row(&mut text, &[key.clone(), value.clone()]);
        }
        for (title, table) in [("PROJECTS", &self.projects), ("VOTES", &self.votes)] {
            text.push_str(title);
            text.push('\n');
            push_table(&mut text, table);
        }
        text
    }
}

fn push_table(text: &mut String, table: &Table<'_>) {
    push_row(text, &table.columns);
    for row in table.rows() {
        push_row(text, row);
    }
}

fn push_row(text: &mut String, row: &[Cow<'_, str>]) {
    for (place, cell) in row.iter().enumerate() {
        if place > 0 {
            text.push(';');
        }
        push_cell(text, cell);
    }
    text.push('\n');
}

fn push_cell(text: &mut String, cell: &str) {
    if cell.contains([';', '"', '\n', '\r']) {
        let _ = write!(text, "\"{}\"", cell.replace('"', "\"\""));
    } else {
        text.push_str(cell);
    }
}

impl Election {
    /// The election as a Pabulib file. Voters are numbered from 1; facts of [`Election::meta`] are kept.
    pub fn write(&self) -> String {
        let mut text = String::from("META\nkey;value\n");
        let own = [
            ("num_projects", self.projects.len().to_string()),
            ("num_votes", self.ballots.len().to_string()),
            ("budget", written(self.budget.into(), self.decimals)),
            ("vote_type", self.vote_type.word().to_owned()),
        ];
        let kept = self.meta.iter().filter(|(key, _)| own.iter().all(|(name, _)| name != key));
        for (key, value) in kept.map(|(key, value)| (key.as_str(), value.clone())).chain(own.clone()) {
            push_row(&mut text, &[Cow::Borrowed(key), Cow::Owned(value)]);
        }
        self.write_projects(&mut text);
        self.write_votes(&mut text);
        text
    }

    fn write_projects(&self, text: &mut String) {
        text.push_str("PROJECTS\nproject_id;cost;name;category;district;selected\n");
        for project in &self.projects {
            let row = [
                project.id.clone(),
                written(project.cost.into(), self.decimals),
                project.name.clone(),
                project.categories.join(","),
                project.district.clone().unwrap_or_default(),
                project.selected.map_or_else(String::new, |selected| selected.to_string()),
            ];
            push_row(text, &row.map(Cow::Owned));
        }
    }

    fn write_votes(&self, text: &mut String) {
        let scored = matches!(self.vote_type, VoteType::Cumulative | VoteType::Scoring);
        text.push_str(if scored { "VOTES\nvoter_id;vote;points\n" } else { "VOTES\nvoter_id;vote\n" });
        for voter in 0..self.ballots.len() {
            let (projects, points) = self.ballots.ballot(voter);
            let _ = write!(text, "{};", voter + 1);
            push_list(text, projects.iter().map(|project| &self.projects[usize::from(*project)].id));
            if scored {
                text.push(';');
                push_list(text, points.iter());
            }
            text.push('\n');
        }
    }
}

fn push_list<T: std::fmt::Display>(text: &mut String, list: impl Iterator<Item = T>) {
    for (place, entry) in list.enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let _ = write!(text, "{comma}{entry}");
    }
}

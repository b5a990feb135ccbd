use super::comments::Comment;
use crate::{
    conversation::{Conversation, Standing},
    matrix::Matrix,
    refusal::Refusal,
};
use csv::Writer;
use std::collections::HashMap;

/// Writes `votes.csv`: every reaction, in the order of the list.
pub fn write_votes(conversation: &Conversation) -> String {
    let mut rows = Rows::new(&["timestamp", "comment-id", "voter-id", "vote"]);
    for one in &conversation.reactions {
        rows.row([
            one.at_ms.unwrap_or_default().to_string(),
            conversation.statements[one.statement as usize].id.clone(),
            conversation.people[one.person as usize].clone(),
            one.stance.value().to_string(),
        ]);
    }
    rows.text()
}

/// Writes `participants-votes.csv`: the last vote of each person on each statement, with the group of `group_of`.
///
/// # Errors
/// When the conversation is beyond a limit.
pub fn write_participants_votes(
    conversation: &Conversation,
    group_of: &HashMap<String, String>,
) -> Result<String, Refusal> {
    let matrix = Matrix::default().with(conversation)?.matrix;
    let mut header = vec!["participant", "group-id", "n-votes", "n-agree", "n-disagree"];
    header.extend(matrix.statements.iter().map(|one| one.id.as_str()));
    let mut rows = Rows::new(&header);
    for (row, person) in matrix.people.iter().enumerate() {
        let (columns, values) = matrix.row(row);
        let count = |wanted: i8| values.iter().filter(|value| **value == wanted).count().to_string();
        let group = group_of.get(person).cloned().unwrap_or_default();
        let mut fields = vec![person.clone(), group, values.len().to_string(), count(1), count(-1)];
        fields.resize(header.len(), String::new());
        columns.iter().zip(values).for_each(|(column, value)| fields[5 + *column as usize] = value.to_string());
        rows.row(fields);
    }
    Ok(rows.text())
}

/// Writes `comments.csv`.
pub fn write_comments(comments: &[Comment]) -> String {
    let mut rows = Rows::new(&["comment-id", "author-id", "moderated", "is-meta", "comment-body"]);
    for one in comments {
        let moderated = if one.standing == Standing::ModeratedOut { "-1" } else { "1" };
        let meta = if one.standing == Standing::Meta { "1" } else { "0" };
        let author = one.author.clone().unwrap_or_default();
        rows.row([&one.id, &author, moderated, meta, &one.body]);
    }
    rows.text()
}

struct Rows(Writer<Vec<u8>>);

impl Rows {
    fn new(header: &[&str]) -> Self {
        let mut rows = Self(Writer::from_writer(Vec::new()));
        rows.row(header);
        rows
    }

    fn row<T: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = T>) {
        self.0.write_record(fields).expect("rows of one length are written to memory");
    }

    fn text(self) -> String {
        let bytes = self.0.into_inner().expect("memory takes all that is written");
        String::from_utf8(bytes).expect("strings were written")
    }
}

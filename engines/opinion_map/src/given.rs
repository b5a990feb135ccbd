use crate::{
    consensus,
    conversation::Conversation,
    matrix::Matrix,
    refusal::Refusal,
    representative::{self, Representative},
    statistics::{self, Comparison},
};

/// The figures of groups that somebody else made, for example production Polis.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenGroups {
    /// The statements, in the order of ids.
    pub statements: Vec<String>,
    /// For each group its answers to every statement, beside all other groups.
    pub figures: Vec<Vec<Comparison>>,
    /// For each group what marks it.
    pub representative: Vec<Vec<Representative>>,
    /// For each statement the group-informed consensus, agreeing and disagreeing.
    pub group_informed: Vec<(f64, f64)>,
}

/// Works out the figures of groups given as one label for each of [`Conversation::people`], None for who is in no group.
///
/// # Errors
/// When the conversation is beyond a limit or there are not as many labels as people.
pub fn figures_of_groups(conversation: &Conversation, labels: &[Option<u8>]) -> Result<GivenGroups, Refusal> {
    if labels.len() != conversation.people.len() {
        return Err(Refusal::LabelsForOthers { labels: labels.len(), people: conversation.people.len() });
    }
    let placed = Matrix::default().with(conversation)?;
    let mut by_row = vec![None; labels.len()];
    for (row, label) in placed.rows.iter().zip(labels) {
        by_row[*row as usize] = *label;
    }
    let groups = labels.iter().flatten().map(|label| *label as usize + 1).max().unwrap_or(0);
    let counts = statistics::counts(&placed.matrix, &by_row, groups);
    let figures = statistics::comparisons(&counts[..groups]);
    let statements = &placed.matrix.statements;
    Ok(GivenGroups {
        representative: figures.iter().map(|own| representative::of_group(statements, own)).collect(),
        group_informed: (0..statements.len()).map(|at| consensus::group_informed(&figures, at)).collect(),
        statements: statements.iter().map(|one| one.id.clone()).collect(),
        figures,
    })
}

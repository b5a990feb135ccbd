//! How often guesses were right, by how sure they were.

/// Guesses that are judged together at least.
pub const RUN: usize = 5;

/// Guesses from one margin on, up to the next block's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// The smallest margin in it.
    pub from: f64,
    /// How many were right.
    pub right: u32,
    /// How many there were.
    pub of: u32,
}

/// Blocks of guesses whose share of right ones does not fall as the margin grows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    blocks: Vec<Block>,
}

impl Calibration {
    /// From guesses and whether each was right. Sorted by margin, equal margins together, the surest first into runs of at least
    /// [`RUN`]; then neighbours are pooled until no block is surer and less often right than the one below it (pool adjacent violators,
    /// Ayer et al. 1955; for classifiers Zadrozny and Elkan 2002). What is left over at the bottom joins the lowest run; fewer than a run
    /// in all give nothing.
    pub fn of(mut guesses: Vec<(f64, bool)>) -> Self {
        guesses.retain(|(margin, _)| margin.is_finite());
        guesses.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut runs: Vec<Block> = Vec::new();
        let mut open = Block { from: f64::INFINITY, right: 0, of: 0 };
        for (margin, right) in guesses {
            // Equal margins are never divided.
            if open.of as usize >= RUN && margin < open.from {
                runs.push(open);
                open = Block { from: margin, right: 0, of: 0 };
            }
            open = Block { from: margin, right: open.right + u32::from(right), of: open.of + 1 };
        }
        match runs.last_mut() {
            Some(last) if (open.of as usize) < RUN => *last = pooled(*last, open),
            _ if open.of as usize >= RUN => runs.push(open),
            _ => {}
        }
        Self { blocks: pool(runs) }
    }

    /// The blocks, the least sure first.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What became of guesses like one with this margin; `None` below all of them.
    pub fn like(&self, margin: f64) -> Option<Block> {
        self.blocks.iter().rev().find(|block| block.from <= margin).copied()
    }
}

impl Block {
    /// The expected share of right ones, when before the first guess all shares were as likely (Laplace's rule of succession).
    pub fn share(&self) -> f64 {
        (f64::from(self.right) + 1.0) / (f64::from(self.of) + 2.0)
    }
}

/// Runs from the surest down, as blocks from the least sure up.
fn pool(runs: Vec<Block>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for run in runs.into_iter().rev() {
        let mut block = run;
        while let Some(below) = blocks.last().copied() {
            // Exactly: below.right / below.of > block.right / block.of.
            if u64::from(below.right) * u64::from(block.of) <= u64::from(block.right) * u64::from(below.of) {
                break;
            }
            blocks.pop();
            block = pooled(block, below);
        }
        blocks.push(block);
    }
    blocks
}

fn pooled(one: Block, other: Block) -> Block {
    Block { from: one.from.min(other.from), right: one.right + other.right, of: one.of + other.of }
}

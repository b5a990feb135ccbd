activity-proposal = You proposed
activity-support = You support a proposal
activity-argument = You gave a reason
activity-amendment = You proposed another wording

suggested-tag = Suggestion by the program; you decide
suggested-category-heading = Perhaps it belongs to “{ $name }”
suggested-category-accept = Move it to “{ $name }”
suggested-agency-heading = Perhaps { $name } answers for it
suggested-agency-accept = Pass it to { $name }
suggested-very-likely = Very likely right
suggested-likely = Likely right
suggested-like = { $right ->
    [one] Officers agreed with one of { $of } earlier suggestions like this one.
   *[other] Officers agreed with { $right } of { $of } earlier suggestions like this one.
}
suggested-words = It says: { $words }
suggested-because-district = The district speaks for it
suggested-because-filed = Reports filed like this one were often moved there
suggested-because-category = Reports of this category were often passed there
suggested-reject = No, it is right as it is
suggested-rejected = Suggestions you said no to
suggested-again-label = Suggest { $name } again
flash-suggestion-rejected = It stays as it is, and the program learns from it.
refusal-suggestion-unknown = Nothing like this is suggested.
suggested-described = By its words alone
suggested-described-text = The report uses the words this category is described with. Officers have not decided enough yet to say how often that is right.

suggested-tag = اقتراح من البرنامج، والقرار لك
suggested-category-heading = لعله من فئة «{ $name }»
suggested-category-accept = انقله إلى «{ $name }»
suggested-agency-heading = لعل { $name } هي المختصة به
suggested-agency-accept = أحِله إلى { $name }
suggested-very-likely = صحيح على الأرجح جداً
suggested-likely = صحيح على الأرجح
suggested-like = { $of ->
    [one] سبق اقتراح واحد مثله، وافق الموظفون على { $right } منه.
    [two] سبق اقتراحان مثله، وافق الموظفون على { $right } منهما.
    [few] سبقت { $of } اقتراحات مثله، وافق الموظفون على { $right } منها.
    [many] سبق { $of } اقتراحاً مثله، وافق الموظفون على { $right } منها.
   *[other] سبق { $of } اقتراح مثله، وافق الموظفون على { $right } منها.
}
suggested-words = ورد فيه: { $words }
suggested-because-district = الحي يرجّح ذلك
suggested-because-filed = كثيراً ما نُقلت إليها بلاغات قُدّمت مثله
suggested-because-category = كثيراً ما أُحيلت إليها بلاغات من هذه الفئة
suggested-reject = لا، هو صحيح كما هو
suggested-rejected = اقتراحات رفضتها
suggested-again-label = اقترح { $name } من جديد
flash-suggestion-rejected = يبقى كما هو، ويتعلم البرنامج من ذلك.
refusal-suggestion-unknown = لا شيء كهذا مقترح.
suggested-described = بكلماته وحدها
suggested-described-text = يستعمل البلاغ الكلمات التي توصف بها هذه الفئة. ولم يُبَت بعد بما يكفي لمعرفة كم مرة يصح ذلك.

groups-title = مجموعات تكتب معها
groups-lead = تقدّم المجموعة مقترحات باسمها. يكتب أعضاؤها ويقررون معاً؛ ومن ينضم يؤكد ذلك برابط مرسل بالبريد، ويمكن لكل واحد أن يغادر.
groups-none = لست في أي مجموعة بعد.
group-form = تكوين مجموعة
group-name = اسم المجموعة
group-name-hint = حتى { $most } حرفاً؛ يقرؤه الجميع ما إن يصبح أحد مقترحات المجموعة علنياً.
group-form-button = كوّن المجموعة
group-members = الأعضاء
group-member-since = منذ { $date }
group-nobody = لم يعد أحد في هذه المجموعة. وتبقى مقترحاتها.
group-private = لا يعلم بهذه المجموعة إلا أعضاؤها إلى أن يصبح أحد مقترحاتها علنياً.
group-proposals = مقترحات هذه المجموعة
group-ask = ادعُ أحداً
group-ask-text = من ينضم يكتب ويقرر مثلك.
group-ask-email = البريد الإلكتروني
group-ask-button = أرسل الدعوة
group-leave = مغادرة المجموعة
group-leave-text = لن تقرر بعد ذلك في مقترحاتها، إلا ما بدأته أنت أو انضممت إليه.
group-leave-button = غادر
group-join = الانضمام إلى مجموعة
group-join-text = دُعيت إلى المجموعة «{ $name }». ستُذكر مع مقترحاتها وتقرر في كلماتها.
group-join-yes = نعم، أنضم
flash-group = كُوّنت المجموعة. ادعُ آخرين.
flash-group-joined = أنت الآن في المجموعة.
flash-group-left = غادرت المجموعة.
proposal-group = باسم من
proposal-group-hint = باسمك أو باسم مجموعة أنت فيها
proposal-group-none = باسمي
proposal-group-by = قدّمته المجموعة
author-of-group = بدأه
subject-proposal-group = مجموعة
part-group-name = اسم المجموعة
saying-proposal-group-joined = انضم { $by } إلى المجموعة { $subject }.
saying-proposal-group-left = غادر { $by } المجموعة { $subject }.
mail-group-subject = الانضمام إلى المجموعة { $group }؟
mail-group-body =
    يدعوك { $name } إلى مجموعة تقدّم مقترحات: { $group }

    انضم هنا:
    { $link }
refusal-group-name = يحتاج الاسم إلى { $least } أحرف على الأقل.
refusal-groups-many = يمكنك أن تكون في { $most } مجموعة على الأكثر.
refusal-group-full = يمكن أن يكون للمجموعة { $most } عضواً على الأكثر، بمن فيهم المدعوون.
refusal-proposal-group = اختر مجموعة أنت فيها، أو اسمك.

door-moderation = الإشراف
subject-comment = تعليق
part-comment = الكلام
part-description = الوصف
part-photo = صورة
part-media = رابط الصورة
part-answers = الأجوبة عن الأسئلة
part-address = المكان بالكلمات
part-said = ما قاله المبلِّغ لاحقًا
moderation-comma = {"، "}
moderation-reason-personal-data = بيانات شخصية
moderation-reason-insult = إهانة
moderation-reason-hate = كراهية
moderation-reason-threat = تهديد
moderation-reason-illegal = مخالف للقانون
moderation-reason-advertising = إعلان
moderation-reason-off-topic = خارج الموضوع
moderation-reason-flood = أُرسل مرارًا
moderation-reason-shocking = لا يصلح للجميع
moderation-reason-impersonation = يتكلم باسم غيره
moderation-why-personal-data = يُظهر بيانات شخصية كاسم أو عنوان أو رقم هاتف أو لوحة سيارة أو وجه.
moderation-why-insult = يهين أحدًا.
moderation-why-hate = يهاجم الناس بسبب أصلهم أو دينهم أو جنسهم أو إعاقتهم أو ما شابه.
moderation-why-threat = يهدد أحدًا أو يدعو إلى العنف.
moderation-why-illegal = لا يجيز القانون نشره.
moderation-why-advertising = يعلن عن شيء.
moderation-why-off-topic = لا علاقة له بهذا الأمر.
moderation-why-flood = أُرسل الكلام نفسه مرات كثيرة.
moderation-why-shocking = يُظهر عنفًا أو عريًا.
moderation-why-impersonation = يتكلم باسم شخص آخر.
moderation-reason-times = { $count ->
    [one] { $reason }
   *[other] { $reason } ({ $count })
}
notice-hidden = أخفاه الإشراف: { $part }. { $why }
notice-passage = حجبه الإشراف (مقطع): { $part }. { $why }
notice-held = { $part }: موقوف حتى ينظر فيه مشرف.
notice-held-short = موقوف حتى ينظر فيه مشرف
notice-desk = { $part }: لا يُنشر حتى تقرأه الجهة.
notice-desk-left-out = { $part }: لا تنشره الجهة.
notice-desk-short = لا يُنشر حتى تقرأه الجهة
notice-own = أنت وحدك تقرأ هذا.
notice-why = السبب وكيفية التظلم
step-hidden-by-moderation = أخفاه الإشراف: { $why }
flag-link = إبلاغ المشرفين
flag-link-comment = إبلاغ المشرفين عن هذا التعليق
flag-to-moderators = إبلاغ المشرفين
flag-lead = أخبر المشرفين إن كان هنا ما لا ينبغي نشره. هم بشر، ولا يُخفى شيء لمجرد الإبلاغ عنه.
flag-back = إلى الصفحة
flag-reason = ما المشكلة فيه؟
flag-note = أي شيء آخر ينبغي أن يعرفوه (اختياري)
flag-note-hint = حتى 1,000 حرف. لا يقرؤه إلا المشرفون.
flag-private = لن يعرف أحد أنك أبلغت. ما يقرره المشرفون مكتوب في سجلهم العلني:
flag-send = إرسال البلاغ
flash-reported = شكرًا. سينظر المشرفون فيه.
flash-comment-held = يشبه تعليقك الإعلانات، لذلك يقرؤه مشرف قبل أن يظهر. أنت تراه هنا، والآخرون لا يرونه بعد.
flash-appealed = تظلمك لدى المشرفين، ويبت فيه شخص غير الذي قرر من قبل.
flash-moderated = تم القرار، وهو في السجل العلني.
refusal-report-reason = اختر ما المشكلة فيه.
refusal-report-nobody = لا نستطيع تمييزك عن غيرك: اسمح بملفات تعريف الارتباط لهذا الموقع أو سجّل الدخول، ثم أرسله من جديد.
refusal-report-own = هذا كلامك أنت. يمكنك تغييره أو سحبه في صفحة بلاغك.
refusal-report-already = أبلغت عن هذا من قبل، ويُحسب مرة واحدة.
refusal-report-address = أبلغ أحد من عنوانك على الإنترنت عن هذا اليوم. سجّل الدخول إن كنت شخصًا آخر.
refusal-report-nothing-left = لم يبق ما يُخفى: أخفاه المشرفون.
refusal-report-note-long = كلامك للمشرفين { $most } حرفًا على الأكثر.
refusal-report-too-often = وصلت بلاغات كثيرة جدًا من عنوانك على الإنترنت في الساعة الماضية. حاول لاحقًا.
refusal-comment-too-often-new = يمكن للحسابات الجديدة إضافة { $most } تعليقات في الساعة. تابع لاحقًا.
refusal-comment-too-often = يمكنك إضافة { $most } تعليقًا في الساعة. تابع لاحقًا.
refusal-requests-too-often = وصلت بلاغات كثيرة جدًا من عنوانك على الإنترنت في الساعة الماضية. حاول لاحقًا، أو اتصل بنا إن كان الأمر عاجلًا.
moderation-title = الإشراف
moderation-lead = ما ينتظر أطول يأتي أولًا.
moderation-tabs = ما يُنظر فيه
moderation-tab-all = كل ما ينتظر
moderation-tab-appealed = التظلمات
moderation-tab-held = الموقوف
moderation-tab-closed = المقرَّر
moderation-kind = النوع
moderation-all-kinds = كل الأنواع
moderation-reason = السبب
moderation-all-reasons = كل الأسباب
moderation-all-acts = كل الأفعال
moderation-filter = عرض
moderation-clear = عرض الكل
moderation-none = لا شيء ينتظر هنا
moderation-none-text = تظهر البلاغات الجديدة وحدها.
moderation-many = أبلغ عنه كثيرون
moderation-points = { $points ->
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}
moderation-due = يُبت فيه قبل { $date }
moderation-column-case = الحالة
moderation-column-words = ما يقوله
moderation-column-why = سبب البلاغ
moderation-column-standing = الوضع
moderation-column-since = منذ
moderation-column-when = متى
moderation-column-act = الفعل
moderation-column-what = ماذا
moderation-column-by = من
moderation-column-appeal = التظلم
moderation-keys = المفاتيح
moderation-keys-text = j و k للتنقل في القائمة، o لفتح حالة، ? لعرض هذا.
moderation-keys-switch = تشغيل هذه المفاتيح أو إيقافها
moderation-case = الحالة { $code }
moderation-gone = ما كان الأمر عنه لم يعد موجودًا.
moderation-part-hidden = مخفي
moderation-words = ما الذي يُخفى
moderation-words-hint = أزل العلامة عما يمكن أن يبقى.
moderation-passage = مقطع فقط (اختياري)
moderation-passage-hint = انسخه هنا كما هو: يُحجب في الأجزاء المعلَّمة ويبقى ما سواه.
moderation-reason-hint = علني. لازم للإخفاء أو التنبيه.
moderation-choose = اختر
moderation-note = كلامك إلى الكاتب (اختياري)
moderation-note-hint = لا يقرؤه إلا الكاتب والمشرفون، ولا يُنشر أبدًا.
moderation-own-decision = أنت قررت هذا: يبت مشرف آخر في التظلم.
moderation-templates = الجملة العلنية لكل سبب
moderation-about = عنه
moderation-author = الكاتب
moderation-written = كُتب
moderation-reports = { $count ->
    [0] لم يبلغ عنه أحد
    [one] بلاغ واحد
    [two] بلاغان
    [few] { $count } بلاغات
   *[other] { $count } بلاغًا
}
moderation-score = يشبه الإعلانات: { $points ->
    [one] نقطة واحدة
    [two] نقطتان
    [few] { $points } نقاط
   *[other] { $points } نقطة
}
moderation-score-text = من 30 نقطة يُطلب منك النظر، ومن 60 يوقف حتى تنظر. النقاط لا تحذف شيئًا أبدًا.
moderation-do-hide = إخفاؤه
moderation-do-warn = إبقاؤه وتنبيه الكاتب
moderation-do-dismiss = إبقاؤه
moderation-do-release = إظهاره
moderation-do-restore = إظهاره من جديد
moderation-do-uphold = يبقى القرار
moderation-do-overturn = إظهاره من جديد
moderation-cause-reported = مُبلَّغ عنه
moderation-cause-marked = علَّمته النقاط
moderation-cause-held = أوقفته النقاط
moderation-cause-desk = بانتظار مكتب الجهة
moderation-act-held = موقوف
moderation-act-hidden = مخفي
moderation-act-restored = أُظهر من جديد
moderation-act-released = نُظر فيه وأُظهر
moderation-act-dismissed = يبقى كما هو
moderation-act-warned = نُبِّه الكاتب
moderation-act-appealed = تظلم
moderation-act-upheld = رُفض التظلم
moderation-act-overturned = قُبل التظلم وأُظهر من جديد
moderation-appeal-waiting = ينتظر القرار
moderation-appeal-upheld = مرفوض
moderation-appeal-overturned = مقبول
moderation-role-moderator = مشرف
moderation-role-administrator = مدير
moderation-role-author = الكاتب
moderation-role-score = نقاط الإعلانات
moderation-log = السجل العلني للإشراف
moderation-log-lead = كل ما فعله المشرفون: أي نوع ولماذا ومتى وكيف انتهت التظلمات. الكلام المخفي ليس هنا.
moderation-log-none = لم يُشرف على شيء بعد
moderation-log-none-text = حالما يحدث ذلك يُكتب هنا.
moderation-of-title = ما فعله المشرفون
moderation-nothing-hidden = لا شيء منه مخفي.
moderation-own-words = كلامك
moderation-own-words-text = لا يقرؤه إلا أنت والمشرفون.
moderation-note-to-you = يكتب إليك مشرف
moderation-thread = خطوة خطوة
appeal-title = التظلم
appeal-text = ينظر فيه من جديد مشرف غير الذي قرر، وقراره نهائي.
appeal-label = لماذا ينبغي أن يكون علنيًا؟
appeal-hint = حتى { $most } حرفًا، لا يقرؤه إلا المشرفون. يُبت فيه خلال { $days } أيام عمل.
appeal-send = إرسال التظلم
appeal-due = يُبت في التظلم قبل { $date }.
refusal-appeal-nothing-hidden = لا قرار يُتظلم منه.
refusal-appeal-once = تظلمت من قبل، والتظلم مرة واحدة.
refusal-appeal-late = التظلم ممكن خلال { $days } يومًا.
refusal-appeal-empty = اكتب لماذا ينبغي أن يكون علنيًا.
refusal-appeal-too-long = التظلم { $most } حرفًا على الأكثر.
refusal-moderation-own = هذا كلامك أنت: يقرر فيه مشرف آخر.
refusal-moderation-decided = بُت في هذه الحالة من قبل.
refusal-moderation-meanwhile = غيّر شخص آخر هذه الحالة وأنت تقرأ. انظر فيها من جديد.
refusal-moderation-reason = اختر سببًا: يراه الجميع.
refusal-moderation-parts = علِّم جزءًا واحدًا على الأقل لإخفائه.
refusal-moderation-passage = ليس هذا المقطع في أي جزء معلَّم. انسخه كما هو.
refusal-moderation-passage-long = المقطع { $most } حرفًا على الأكثر. أخفِ الجزء كله.
refusal-moderation-note-long = كلامك إلى الكاتب { $most } حرفًا على الأكثر.
refusal-moderation-same-moderator = أنت قررت هذا: يبت مشرف آخر في التظلم.
refusal-moderation-not-hidden = هذه الحالة لا تخفي شيئًا.
refusal-moderation-not-held = هذا ليس موقوفًا.
refusal-moderation-held = هذا موقوف: أظهره أو أخفه.
refusal-moderation-gone = ما كان الأمر عنه لم يعد موجودًا.
refusal-moderation-no-appeal = لا تظلم يُبت فيه.
refusal-moderation-needs-person = لا يقرر هنا إلا الناس: سجّل الدخول.
refusal-moderation-act = اختر أحد الأفعال المعروضة.
refusal-moderation-state = اختر أحد التبويبات: waiting أو appealed أو held أو closed.
refusal-moderation-kind = لا يُشرف هنا على شيء من هذا النوع.
refusal-hidden-by-moderation = أخفى المشرفون هذا. يمكنك التظلم، ولا يمكن تغييره حتى ذلك الحين.
spam-links = { $times ->
    [one] عنوان ويب واحد
    [two] عنوانا ويب
    [few] { $times } عناوين ويب
   *[other] { $times } عنوان ويب
}
spam-links-only = لا شيء تقريبًا سوى عناوين ويب
spam-hiding-link = عنوان يخفي إلى أين يقود أو يفتح محادثة
spam-sellers-words = { $times ->
    [one] عبارة يستعملها البائعون
    [two] عبارتان يستعملهما البائعون
    [few] { $times } عبارات يستعملها البائعون
   *[other] { $times } عبارة يستعملها البائعون
}
spam-contact = وسيلة للكتابة أو الاتصال بجانب كلام البائعين
spam-markup = رموز للروابط
spam-mixed-letters = { $times ->
    [one] حروف من أبجديتين في كلمة واحدة
    [two] حروف من أبجديتين في كلمتين
    [few] حروف من أبجديتين في { $times } كلمات
   *[other] حروف من أبجديتين في { $times } كلمة
}
spam-unseen = حروف لا تُرى
spam-capitals = كله تقريبًا بحروف كبيرة
spam-repetition = الشيء نفسه مرارًا
spam-sent-before = { $times ->
    [one] أُرسل الكلام نفسه مرة من قبل اليوم
    [two] أُرسل الكلام نفسه مرتين من قبل اليوم
    [few] أُرسل الكلام نفسه { $times } مرات من قبل اليوم
   *[other] أُرسل الكلام نفسه { $times } مرة من قبل اليوم
}
spam-new-author = شخص جديد
saying-moderation-held = أُوقف شيء في { $on } حتى ينظر فيه مشرف.
saying-moderation-hidden = أخفى { $by } كلامًا في { $on }: { $reason }.
saying-moderation-restored = أظهر { $by } كلامًا في { $on } من جديد.
saying-moderation-released = نظر { $by } في كلام موقوف في { $on } وأظهره.
saying-moderation-dismissed = نظر { $by } في بلاغ عن { $on } وأبقاه كما هو.
saying-moderation-warned = نبّه { $by } كاتب { $on }: { $reason }.
saying-moderation-appealed = تظلم كاتب { $on } من قرار للإشراف.
saying-moderation-upheld = بت { $by } في تظلم عن { $on }: يبقى مخفيًا.
saying-moderation-overturned = بت { $by } في تظلم عن { $on }: يظهر من جديد.
mail-moderation-subject = الإشراف: { $what }
mail-moderation-hidden = أخفى مشرف كلامًا لك في { $what }. السبب الذي يقرؤه الجميع: { $why }
mail-moderation-restored = كلام لك في { $what } كان مشرف قد أخفاه يظهر من جديد.
mail-moderation-released = كان كلام لك في { $what } موقوفًا، ونظر فيه مشرف، ويقرؤه الجميع الآن.
mail-moderation-warned = يرجوك مشرف أن تنتبه لما تكتبه في { $what }. السبب: { $why } يبقى كلامك علنيًا.
mail-moderation-upheld = نظر مشرف آخر في تظلمك عن { $what }: يبقى القرار.
mail-moderation-overturned = نظر مشرف آخر في تظلمك عن { $what }: يظهر كلامك من جديد.
mail-moderation-body =
    { $sentence }

    { $note }اقرأ ما تقرر وكلامك وتظلم هنا (سجّل الدخول، أو افتح أولًا الرابط الخاص ببلاغك):
    { $link }
thanks-held = يشبه كلامك الإعلانات، لذلك يقرؤه مشرف قبل أن يظهر. أما العطل فهو لدى الجهة المسؤولة بالفعل.
desk-hidden-by-moderation = أخفاه الإشراف: ليس علنيًا، لكنك قد تحتاج إليه
retention-commons-moderation-reports = من أبلغ المشرفين وبماذا، في الحالات المنتهية
retention-commons-moderation-words = كلام المشرفين والاعتراضات في الحالات المنتهية، ويبقى السجل العلني
part-document = ملف
reasons-title = أسباب الإشراف
reasons-lead = ما يختار منه من يبلّغون عن شيء ومن يشرفون. الجملة علنية: تظهر حيث أُخفي شيء وفي السجل. ويحتفظ كل قرار بكلمات يومه.
reasons-name = الاسم القصير
reasons-sentence = الجملة العلنية
reasons-sentence-hint = ما يقرؤه الجميع
reasons-position = المكان في القائمة
reasons-position-hint = رقم؛ الأصغر يأتي أولاً
reasons-offered = متاح
reasons-yes = نعم
reasons-no = سُحب
reasons-own = بكلمات البلدة نفسها
reasons-edit = تغيير هذا السبب
reasons-add = إضافة سبب
reasons-code = الرمز
reasons-code-hint = للآلات: أحرف لاتينية صغيرة وأرقام وشرطات. لا يتغيّر.
reasons-active = يمكن اختياره
reasons-active-text = أزل العلامة لسحبه: وما تقرر بسببه يبقى كما هو.
reasons-save = حفظ
flash-reason = حُفظ السبب.
subject-moderation-reason = سبب إشراف
saying-moderation-reason-defined = حدّد { $by } سبب الإشراف «{ $name }»: { $sentence }
refusal-reason-code = للرمز من حرف واحد إلى { $most } من الأحرف اللاتينية الصغيرة والأرقام والشرطات.
refusal-reason-words = اكتب الاسم ({ $name } حرفاً على الأكثر) والجملة ({ $sentence } على الأكثر) بكل لغة من لغات البلدة.
refusal-reason-position = المكان عدد صحيح من 1 إلى { $most }.
refusal-reason-taken = يوجد سبب بهذا الرمز. اختره من القائمة لتغييره.
refusal-reason-meanwhile = غيّر شخص آخر هذا السبب وأنت تقرأ. انظر إليه مرة أخرى.
refusal-reason-last = يجب أن يبقى سبب واحد على الأقل للاختيار.
refusal-reasons-too-many = يمكن أن يكون للبلدة { $most } سبباً على الأكثر. غيّر أحد الموجودة.

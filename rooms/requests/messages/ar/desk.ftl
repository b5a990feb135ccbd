bulk-pick = اختيار
bulk-pick-all = اختيار كل ما في هذه الصفحة
bulk-pick-one = اختيار { $code }
bulk-label = مع المختارة:
bulk-go = متابعة
bulk-take = تولّيها
bulk-assign = إسنادها إلى زميل
bulk-pass = إحالتها إلى جهة أخرى
bulk-answer = الرد علنًا
bulk-note = ملاحظة للزملاء
bulk-resolve = حلّها
bulk-decline = رفضها
bulk-which = أي بلاغات
bulk-back = العودة إلى المكتب
bulk-partly = تم { $done }، وبقي { $left }. ما كتبته ما زال هنا.
bulk-take-heading = { $count ->
    [one] تولّي بلاغ واحد
    [two] تولّي بلاغين
    [few] تولّي { $count } بلاغات
   *[other] تولّي { $count } بلاغًا
}
bulk-assign-heading = { $count ->
    [one] إسناد بلاغ واحد إلى زميل
    [two] إسناد بلاغين إلى زميل
    [few] إسناد { $count } بلاغات إلى زميل
   *[other] إسناد { $count } بلاغًا إلى زميل
}
bulk-pass-heading = { $count ->
    [one] إحالة بلاغ واحد إلى جهة أخرى
    [two] إحالة بلاغين إلى جهة أخرى
    [few] إحالة { $count } بلاغات إلى جهة أخرى
   *[other] إحالة { $count } بلاغًا إلى جهة أخرى
}
bulk-answer-heading = { $count ->
    [one] الرد علنًا على بلاغ واحد
    [two] الرد علنًا على بلاغين
    [few] الرد علنًا على { $count } بلاغات
   *[other] الرد علنًا على { $count } بلاغًا
}
bulk-note-heading = { $count ->
    [one] ملاحظة على بلاغ واحد
    [two] ملاحظة على بلاغين
    [few] ملاحظة على { $count } بلاغات
   *[other] ملاحظة على { $count } بلاغًا
}
bulk-resolve-heading = { $count ->
    [one] حلّ بلاغ واحد
    [two] حلّ بلاغين
    [few] حلّ { $count } بلاغات
   *[other] حلّ { $count } بلاغًا
}
bulk-decline-heading = { $count ->
    [one] رفض بلاغ واحد
    [two] رفض بلاغين
    [few] رفض { $count } بلاغات
   *[other] رفض { $count } بلاغًا
}
flash-bulk-none = اختر أولًا بلاغات جهتك: علّم مربعاتها.
flash-bulk-done = تم ذلك لكل ما اختير.
refusal-bulk-none = اختر بلاغًا واحدًا على الأقل.
refusal-bulk-many = اختر { $most } بلاغ على الأكثر في المرة الواحدة.
refusal-bulk-act = اختر ما تريد فعله: take أو assign أو pass أو answer أو note أو resolve أو decline.
refusal-bulk-not-yours = لم يعد على مكتبك.
views-title = حفظ هذا العرض
views-name = الاسم
views-hint = تعود علامة التبويب والمرشحات أعلاه تحت هذا الاسم. لا يراه غيرك.
views-keep = حفظ العرض
views-forget = حذف «{ $name }»
flash-view-kept = حُفظ العرض بين علامات تبويبك.
flash-view-forgotten = حُذف العرض.
refusal-view-needs-account = لا يستطيع برنامج حفظ العروض.
refusal-view-name = سمِّ العرض باسم لا يزيد على { $most } حرفًا.
refusal-view-many = يمكنك حفظ { $most } عرضًا. احذف واحدًا أولًا.
desk-tab-waiting = بانتظار السكان
saying-request-asked = سألت الجهة صاحب البلاغ { $subject } سؤالًا؛ ومهلتها متوقفة.
saying-request-replied = أجاب صاحب البلاغ { $subject }؛ وعادت المهلة تجري.
saying-request-continued = تتابع الجهة { $subject } دون جواب؛ وعادت المهلة تجري.
step-asked = سؤال لصاحب البلاغ
step-replied = أجاب صاحب البلاغ
step-continued = تابعت الجهة دون جواب
step-waits-detail = تنتظر الجهة جواب صاحب البلاغ
show-waiting = بانتظار جواب
show-waiting-text = المهلة متوقفة منذ { $date } حتى يجيب صاحب البلاغ، وتعود إلى السير من تلقاء نفسها في { $until }.
show-asked = سؤال لصاحب البلاغ
show-continued = تابعت الجهة دون جواب
show-replied = أجاب صاحب البلاغ
own-question = تسألك الجهة
own-until = إن لم تجب تمضي الجهة من دون جوابك في { $date }.
own-reply = جوابك
own-reply-hint = سيكون علنيًا. لا تذكر أسماء ولا أرقام هواتف.
own-reply-button = إرسال الجواب
desk-ask-heading = سؤال صاحب البلاغ
desk-ask-label = سؤالك
desk-ask-hint = علني. تتوقف مهلتك حتى يجيب صاحب البلاغ، أو تتابع دون جواب.
desk-ask-button = اسأل وأوقف المهلة
desk-ask-unreachable = لم يترك صاحب البلاغ وسيلة للوصول إليه: لن يرى السؤال إلا إذا نظر في بلاغه. لذلك تستمر المهلة.
desk-continue-heading = المتابعة دون جواب
desk-continue-label = السبب (اختياري)
desk-continue-hint = علني.
desk-continue-button = أعد المهلة إلى الجريان
flash-asked = سؤالك علني. والمهلة متوقفة، إلا إذا تعذر الوصول إلى صاحب البلاغ.
flash-continued = عادت المهلة تجري.
flash-replied = شكرًا لك. تتابع الجهة بلاغك.
refusal-already-waiting = هناك سؤال ينتظر الجواب بالفعل.
refusal-not-waiting = لا سؤال ينتظر جوابًا.
mail-asked-subject = سؤال عن بلاغك { $code }
mail-asked-body =
    تسأل الجهة عن بلاغك { $code }:

    { $question }

    أجب هنا من فضلك. الرابط لك وحدك:
    { $link }
show-step-photo = صورة عن «{ $what }»
desk-photo = صورة (اختيارية)
desk-photo-hint = علنية. JPEG أو PNG أو WebP، حتى 20 ميغابايت. من دون أشخاص ولا لوحات سيارات من فضلك.
refusal-photo-not-here = تُرفق الصورة بردّ أو بحلّ أو برفض.
saying-request-escalated = لم يُنجز { $subject } ({ $category }) كما وُعد؛ أُبلغ { $told }.
step-escalated = لم يُنجز كما وُعد
told-officer = الموظف المسؤول
told-agency = الجهة
told-administrator = إدارة المدينة
mail-due-soon-subject = موعده قريب: { $code }، { $what }
mail-due-soon-body =
    وُعد بإنهاء { $code } ({ $what }) قبل { $due }.

    { $link }
mail-late-subject = متأخر: { $code }، { $what }
mail-late-body =
    وُعد بإنهاء { $code } ({ $what }) قبل { $due } وما زال مفتوحًا. الصفحة العامة تقول ذلك.
    أنهِه، أو اسأل صاحب البلاغ، أو عِد بموعد لاحق مع السبب:

    { $link }
saying-request-disputed = يقول أحد الجيران إن { $subject } لم يُصلح ({ $category }).
step-disputed = لم يُصلح، يقول أحد الجيران
show-disputed = لم يُصلح، يقول أحد الجيران
show-not-fixed = ما زال بلا إصلاح؟
show-not-fixed-count = { $count ->
    [0] إذا قال ذلك { $needed } من الجيران فُتح من جديد، مرة واحدة.
    [one] يقول ذلك جار واحد. إذا قاله { $needed } فُتح من جديد، مرة واحدة.
    [two] يقول ذلك جاران. إذا قاله { $needed } فُتح من جديد، مرة واحدة.
   *[other] يقول ذلك { $count } من الجيران. إذا قاله { $needed } فُتح من جديد، مرة واحدة.
}
show-not-fixed-button = لم يُصلح
show-not-fixed-sign-in = سجّل الدخول لتقول إنه لم يُصلح
flash-not-fixed = شكرًا لك. تستطيع الجهة والجميع قراءته.
refusal-said-already = قلت ذلك من قبل.
refusal-own-report = هذا بلاغك أنت: افتحه من جديد من صفحتك الخاصة.
saying-request-redacted = حجبت الجهة شيئًا من كلام { $subject }.
step-redacted = حُجب بعض الكلام
desk-redact = حجب بعض الكلام
desk-redact-label = كما يقرؤه الجميع
desk-redact-hint = اكتب ▇▇▇ فوق الأسماء وأرقام الهواتف ولوحات السيارات. يذكر التسلسل ذلك؛ ويحتفظ المكتب بالأصل.
desk-redact-button = انشر هذا الكلام بدلًا منه
desk-originals = الكلام الأصلي
flash-redacted = يقرأ الجميع الآن الكلام الجديد.
refusal-not-fixed-needs-person = لا يستطيع برنامج أن يقول ذلك عن أحد؛ سجّل الدخول.
step-reminded = تذكير: اقترب الموعد الموعود
desk-changed = ما الجديد منذ فتحت هذه الصفحة
desk-matter-keys = خارج الحقول: a إلى إجابتك، وn إلى الملاحظة، وq إلى سؤال المبلّغ، وr إلى الإنهاء، وd إلى الرفض، وu عودة إلى المكتب.
desk-work = البلاغات
mail-digest-soon-subject = يحل موعدها قريباً: { $soon } بلاغاً
mail-digest-late-subject = متأخرة: { $late } بلاغاً، ويحل قريباً موعد { $soon }
mail-digest-late = هذه البلاغات، وعددها { $count }، مفتوحة بعد الموعد الموعود، والصفحات العلنية تقول ذلك. أنهِ كلاً منها أو اسأل صاحبه أو عِد بموعد أبعد مع سببه؛ والوعد الذي لم يُحفظ يبقى كذلك في الأرقام.
mail-digest-soon = يحل قريباً الموعد الموعود لهذه البلاغات، وعددها { $count }.
mail-digest-line =
    { $code }: { $what } ({ $due })
    { $link }
desk-all-agencies = كل الجهات

sv-desk-title = طلبات للبتّ فيها
sv-tabs = أي الطلبات
sv-tab-open = المفتوحة
sv-tab-free = بلا متولٍّ
sv-tab-mine = طلباتي
sv-tab-done = المنتهية
sv-desk-none = لا شيء هنا
sv-desk-none-text = ما يتقدّم به السكان يأتي إلى هنا، والأقرب موعدًا في الأعلى.
sv-due = الموعد
sv-late = متأخر
sv-standing = الوضع
sv-officer = الموظف
sv-take = أتولّاه
sv-language = اللغة
sv-district = الحي
sv-email = البريد الإلكتروني
sv-origin = المصدر
sv-newer = هناك إصدار أحدث ساري: { $number }، ولا يغيّر هذا الطلب.
sv-answers = الإجابات
sv-why-title = لماذا تفتح هذا الطلب؟
sv-why-lead = يقرأ مقدّم الطلب من فتحه ولماذا. تسري إجابتك ثماني ساعات.
sv-why-label = السبب
sv-why-go = افتح
sv-decide-title = اتخذ القرار
sv-decide-granted = قبول
sv-decide-refused = رفض
sv-reasons = الأسباب
sv-reasons-hint = لمقدّم الطلب بكلمات واضحة: أي قاعدة وأي إجابات حسمت القرار.
sv-decide = قرّر
sv-second = العين الثانية
sv-proposed-by = المقترح: { $outcome }، من { $by }. ويجب أن يوافق شخص آخر.
sv-confirm = أوافق: فليُقرَّر كذلك
sv-send-back = أعِده
sv-send-back-label = لماذا لا توافق؟
sv-appeal-decide = البتّ في التظلّم
sv-ask = اطلب الناقص
sv-ask-label = ما الناقص؟
sv-ask-hint = اذكر كل شيء دفعة واحدة. تتوقف المهلة حتى يرد مقدّم الطلب.
sv-letter = اكتب رسالة
sv-letter-label = رسالتك
sv-letter-hint = تصل إلى مقدّم الطلب بالبريد وتظهر في صفحته.
sv-notes = ملاحظات داخلية
sv-note = احفظ الملاحظة
sv-note-label = ملاحظة للزملاء
sv-flash-taken = أنت تتولّاه الآن.
sv-flash-asked = طُلب. والمهلة متوقفة.
sv-flash-decided = تقرّر وقُيّد.
sv-flash-sent-back = أُعيد.
sv-flash-note = حُفظت.
sv-flash-letter = أُرسلت.
sv-flash-saved = حُفظ.
sv-flash-published = صار ساريًا.
sv-keep-title = تحرير الخدمات
sv-keep-none = لا توجد خدمات بعد.
sv-keep-draft = مسودة غير منشورة
sv-keep-changed = تغيّر منذ ذلك
sv-keep-new = خدمة جديدة
sv-keep-code = الاسم في العنوان
sv-keep-code-hint = أحرف لاتينية صغيرة وأرقام وواصلات، مثل residents-parking.
sv-keep-make = أنشئها
sv-keep-see = اطّلع على الصفحة العامة
sv-keep-publish = انشر كإصدار تالٍ
sv-keep-form = النموذج
sv-keep-form-edit = حرّر الأسئلة
sv-keep-questions = الأسئلة: { $count }
sv-keep-save = احفظ المسودة
sv-text-title = الاسم
sv-text-summary = في جملة أو جملتين
sv-text-who = لمن هي
sv-text-need = ما يلزم
sv-text-need-hint = شيء واحد في كل سطر.
sv-text-cost = كم تكلّف بالكلمات
sv-text-law = القانون الذي تستند إليه
sv-text-complaints = أين يُشتكى
sv-text-counter = أين ومتى في الشباك
sv-text-counter-hint = فارغ إن لم يوجد.
sv-keywords = ما يكتبه الناس عند البحث
sv-keywords-hint = كلمات بأي لغة تفصلها فراغات.
sv-law-url = عنوان القانون
sv-cost-amount = التكلفة مبلغًا واحدًا
sv-cost-amount-hint = 0 إن كانت مجانية؛ وفارغ إن اختلفت.
sv-answer-days = أيام العمل حتى الرد الموعود
sv-answer-days-hint = تُحسب بوقت عمل الجهة وتتوقف أثناء سؤال مقدّم الطلب.
sv-appeal-days = أيام التظلّم
sv-online = يمكن التقدّم عبر الإنترنت
sv-online-detail = وإلا يُدخل الموظفون الطلبات فقط.
sv-eyes = يقرّر موظفان
sv-eyes-detail = أحدهما يقترح والآخر يوافق.
sv-rules-label = القواعد: لمن الحق
sv-rules-hint = بلغة محرّك القواعد مع اختبارات. فارغ إن لم توجد.
sv-letter-filed-subject = { $service }: استُلم طلبك { $code }
sv-letter-asked-subject = { $service }: ينقص شيء في { $code }
sv-letter-decided-subject = { $service }: قرار بشأن { $code }
sv-letter-appeal-decided-subject = { $service }: قرار بشأن تظلّمك { $code }
sv-letter-letter-subject = { $service }: بخصوص { $code }
refusal-appeal-same-officer = من اتخذ القرار لا يبتّ في التظلّم. اطلب من زميل.
refusal-application-no-appeal = لا يوجد تظلّم للبتّ فيه.
refusal-application-not-proposed = لا يوجد مقترح لتأكيده.
refusal-application-proposed = اقترح أحدهم قرارًا. وافق عليه أو أعِده.
refusal-application-stale = غيّر شخص آخر هذا الطلب منذ فتحت الصفحة. انظر إليه ثانية؛ وما كتبته باقٍ هنا.
refusal-four-eyes = يجب أن يوافق موظف غير الذي اقترح.
refusal-look-why = اذكر سبب فتحه.
refusal-reasons-short = الأسباب { $least } حرفًا على الأقل: اذكر القاعدة والإجابات التي حسمت.
refusal-service-code = استعمل أحرفًا صغيرة وأرقامًا وواصلات، من 2 إلى 40، مثل residents-parking.
refusal-service-code-taken = توجد خدمة بهذا الاسم.
refusal-service-cost = اكتب مبلغًا، مثل 25 أو 25.50.
refusal-service-days = اكتب عدد أيام من 1 إلى { $most }.
refusal-service-law-url = عنوان القانون يبدأ بـ https://.
refusal-service-no-channel = اذكر أين تُنال: عبر الإنترنت أو في الشباك أو بالهاتف.
refusal-service-no-form = الخدمة عبر الإنترنت تحتاج سؤالًا واحدًا على الأقل.
refusal-service-organisation = اختر جهة يحق لك تحرير خدماتها.
refusal-service-same = لم يتغير شيء منذ الإصدار الأخير.
refusal-service-stale = غيّر شخص آخر هذه الخدمة منذ فتحت الصفحة. افتحها ثانية.
refusal-service-title = اذكر اسمها.
refusal-service-unsaid = قبل النشر اذكر لمن هي وعلى أي قانون تستند.
refusal-services-many = للبلدة { $most } خدمة على الأكثر.
sv-rule-tests = اختبارات القواعد
sv-rule-tests-hint = قائمة JSON من حالات فيها name وperiod وinput وoutput. تُشغّل قبل النشر.
refusal-rules-trouble = القواعد، السطر { $line }: { $problem }
refusal-rules-one-entitlement = لقواعد الخدمة استحقاق واحد فقط (entitlement).
refusal-rules-untested = تُنشر القواعد مع اختبار واحد على الأقل.
refusal-rules-tests-unreadable = الاختبارات ليست قائمة JSON.
refusal-rules-test-failed = فشل الاختبار «{ $name }»: { $problem }
sv-work = الطلبات
sv-letter-filed-body =
    استلمت { $town } طلبك «{ $service }».

    المرجع: { $code }
    ستتلقى ردًا قبل { $due }.

    اطّلع على وضعه وأجب عن الأسئلة أو اسحبه أو تظلّم عبر هذا الرابط الخاص. لا تشاركه مع أحد:
    { $link }
sv-letter-asked-body =
    للبتّ في { $code } («{ $service }») يحتاج المكتب إلى شيء آخر:

    { $text }

    أجب عبر الرابط الخاص في إيصالك. والمهلة متوقفة حتى ذلك.
sv-letter-decided-body =
    بُتّ في طلبك { $code } («{ $service }»): { $outcome }.

    { $text }

    يمكنك التظلّم حتى { $until } عبر الرابط الخاص في إيصالك، وعندها يقرّر شخص آخر.
sv-letter-appeal-decided-body =
    بُتّ في تظلّمك { $code } («{ $service }»): { $outcome }.

    { $text }
sv-letter-letter-body =
    بخصوص طلبك { $code } («{ $service }»):

    { $text }
sv-ask-questions = أسئلة تُفتح من جديد
sv-ask-questions-hint = يجيب مقدّم الطلب من جديد عن صفحات هذه الأسئلة، ومنها الصور. ويبقى ما أُجيب به في الملف.
sv-again-title = أُجيب من جديد
sv-again-changed = تغيّر في { $date }
sv-again-none = لم يتغير أي جواب.
sv-again-gone = سابقًا:
sv-again-new = الآن:
refusal-asked-unknown = لا تسأل الاستمارة هنا عن «{ $name }».
sv-scan = أضف ورقة
sv-scan-label = صورة أو ملف PDF للورقة
sv-scan-hint = كالاستمارة المملوءة باليد. يراها مقدّم الطلب أيضًا.
sv-flash-scan = الورقة في الملف.
refusal-scan-none = اختر ملفًا.

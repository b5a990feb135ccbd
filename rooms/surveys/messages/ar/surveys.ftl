door-surveys = الاستبيانات
subject-survey = استبيان
surveys-title = الاستبيانات
surveys-lead = المدينة تسأل، وأنت تجيب في دقائق. وما سيُفعل بالإجابات مكتوب في كل استبيان.
surveys-none = لا يوجد استبيان بعد
surveys-none-text = حين تسأل المدينة شيئًا سيظهر هنا.
surveys-admin = استبياناتك
surveys-admin-none = لم تبدأ أي استبيان بعد.
survey-private = غير منشور بعد
survey-coming = يُفتح لاحقًا
survey-open = مفتوح
survey-closed = انتهى
survey-counted = أُحصي
survey-from = يُفتح في { $date }.
survey-until = مفتوح حتى { $date }.
survey-ended = انتهى في { $date }.
survey-who = من يمكنه الإجابة
survey-who-anyone = يمكن للجميع الإجابة.
survey-who-account = يمكن لكل من لديه حساب الإجابة.
survey-who-anyone-detail = يُحسب كل متصفح مرة واحدة. ومن يفرغه أو يستعمل غيره يُحسب من جديد، فهذا ليس تصويتًا.
survey-who-account-detail = يُحسب كل حساب مرة واحدة. وتبقى الإجابات خاصة هنا أيضًا.
survey-private-note = لا يرى هذه الصفحة إلا من يديرون هذا الاستبيان.
survey-you-answered = شكرًا، وصلت إجاباتك.
survey-answer = أجب عن الأسئلة
survey-answer-on = تابع من حيث توقفت
survey-answer-again = غيّر إجاباتك
survey-being-counted = انتهى الاستبيان ويجري إحصاؤه. ستظهر النتائج هنا خلال دقيقة.
survey-results = النتائج
survey-results-of = النتائج: { $title }
survey-results-csv = كجدول (CSV)
survey-results-json = للبرامج (JSON)
survey-about = عن هذا الاستبيان
survey-edit = إدارة هذا الاستبيان
survey-when = متى
survey-length = الطول
survey-questions = { $count ->
    [0] لا أسئلة بعد
    [one] سؤال واحد
    [two] سؤالان
    [few] { $count } أسئلة
    [many] { $count } سؤالًا
   *[other] { $count } سؤال
}
survey-so-far = الإجابات حتى الآن
survey-belongs-to = يتبع
survey-belongs-hint = الغرض منه، مثل process/budget-2027. يمكن تركه فارغًا.
survey-promise = ما نعد به
survey-promise-text = إجاباتك خاصة. لا تُنشر إلا الأعداد، بعد الانتهاء، ولا يُنشر عدد أقل من خمسة أشخاص. ما تكتبه من كلمات يقرؤه من يديرون الاستبيان دون اسمك. يمكنك تغيير إجاباتك حتى النهاية، وبعدها بمدة تمحو المدينة من أجاب.
survey-schema = الأسئلة للبرامج (JSON Schema)
survey-back = رجوع
survey-step = الصفحة { $at }
survey-continue = متابعة
survey-check = راجع إجاباتك
survey-sent-before = لقد أرسلت إجابات من قبل. إذا أرسلت مجددًا حلّت هذه محلها.
survey-send = أرسل إجاباتي
survey-too-few = أجاب أقل من { $least } أشخاص. ولكي لا يُعرف أحد، لا يُذكر شيء.
survey-answered = { $count ->
    [one] أجاب شخص واحد.
    [two] أجاب شخصان.
    [few] أجاب { $count } أشخاص.
    [many] أجاب { $count } شخصًا.
   *[other] أجاب { $count } شخص.
}
survey-asked = سُئل { $asked }، وأجاب { $answered }.
survey-asked-only = سُئل { $asked }. لا يُذكر كم أجاب، لأنهم أو البقية أقل من خمسة.
survey-asked-few = لا يُذكر كم سُئل، لأنهم أو البقية أقل من خمسة.
survey-mean = المتوسط { $mean }، والوسيط { $median }.
survey-words-private = هذه الإجابات خاصة. يقرؤها من يديرون الاستبيان.
survey-hides = لا تُذكر الأعداد الأقل من خمسة، ولا ما يمكن حسابها منه.
survey-not-told = لا يُذكر
survey-new = ابدأ استبيانًا
survey-code = الاسم القصير في العنوان
survey-code-hint = حروف لاتينية صغيرة وأرقام وشرطات، مثل parks-2026.
survey-title-label = العنوان
survey-summary-label = في جملة أو جملتين
survey-about-label = ما سيُفعل بالإجابات
survey-lead = من يديره
survey-make = ابدأ
survey-see = شاهد صفحته
survey-form-title = الأسئلة
survey-form-edit = صمّم الأسئلة
survey-opens = يُفتح
survey-closes = يُغلق
survey-zone = بتوقيت المدينة ({ $zone }).
survey-save = احفظ
survey-publish = انشر
survey-publish-text = من بعدها يراه الجميع، ولا يمكن تغيير الأسئلة.
survey-is-fixed = الاستبيان منشور: لا يمكن تغيير الأسئلة.
survey-prolong = أخّر الإغلاق
survey-prolong-hint = إلى وقت لاحق فقط.
survey-answers-title = الإجابات المفردة
survey-answers-lead = لا يراها إلا أنت ومن يديرون هذا الاستبيان معك. وهي مرتبة بحسب كلماتها، دون من ومتى.
survey-answers-none = لم يُجب أحد.
survey-answers-shown = { $shown } من { $count } إجابة؛ والجدول يضمها كلها.
saying-survey-published = نشر { $by } الاستبيان { $subject }.
saying-survey-prolonged = أخّر { $by } إغلاق الاستبيان { $subject }.
saying-survey-counted = أُحصي الاستبيان { $subject }.
flash-survey-sent = شكرًا، وصلت إجاباتك.
flash-survey-saved = حُفظ الاستبيان.
flash-survey-published = الاستبيان منشور.
flash-survey-prolonged = أُخّر الإغلاق.
retention-surveys-drafts = إجابات بدأت ولم تُرسل، منذ آخر تغيير
retention-surveys-answerers = من أجاب عن استبيان، منذ إغلاقه؛ وتبقى الإجابات دون اسم
refusal-survey-code = الاسم القصير من 2 إلى 60 حرفًا لاتينيًا صغيرًا أو رقمًا أو شرطة داخلية.
refusal-survey-code-taken = يوجد استبيان بهذا الاسم. اختر غيره.
refusal-survey-words-missing = اكتب هذا بلغة { $language }.
refusal-survey-words-long = يمكن أن يحتوي هذا على { $most } حرف على الأكثر.
refusal-survey-times = يجب أن يُغلق الاستبيان بعد أن يُفتح. اكتب اليوم والساعة لكليهما.
refusal-survey-kind = يسأل الاستبيان عن خيارات وأعداد وأيام وأحياء وكلمات فقط، وكل صفحة مرة واحدة.
refusal-survey-belongs = لا يوجد موضوع كهذا. اكتب نوعه ومرجعه، مثل process/budget-2027.
refusal-survey-organisation = لا توجد جهة كهذه.
refusal-survey-fixed = هذا الاستبيان منشور، فلا يمكن تغيير أسئلته.
refusal-survey-changed = غيّر شخص آخر هذا الاستبيان في هذه الأثناء. انظر إليه من جديد.
refusal-survey-published = هذا الاستبيان منشور بالفعل.
refusal-survey-empty = يحتاج الاستبيان إلى سؤال واحد على الأقل قبل نشره.
refusal-survey-too-late = وقت الإغلاق مضى. اختر وقتًا لاحقًا.
refusal-survey-prolong = لا يؤخَّر الإغلاق إلا إلى وقت لاحق، وما دام الاستبيان لم ينته.
refusal-survey-not-yet = هذا الاستبيان لم يُفتح بعد.
refusal-survey-over = انتهى هذا الاستبيان، فلا تُقبل إجابات أخرى.
refusal-survey-needs-account = يطلب هذا الاستبيان حسابًا لكي يُحسب كل شخص مرة واحدة. سجّل الدخول من فضلك.
refusal-survey-needs-cookie = لكي تُحسب مرة واحدة يجب أن يحفظ متصفحك ملف ارتباط واحدًا لنا. اسمح به وافتح الاستبيان من جديد، أو سجّل الدخول.
refusal-survey-open-questions = أسئلة يجب الإجابة عنها بعد: { $count }.
refusal-survey-nothing = أجب عن سؤال واحد على الأقل.
refusal-survey-no-comments = لا تعليقات على الاستبيانات: من لديه ما يقوله يجيب عنها.
refusal-survey-answers-later = يمكن قراءة الإجابات المفردة بعد انتهاء الاستبيان وإحصائه. فمن يقرؤها قبل ذلك يرى من يجيب بماذا.

door-votes = التصويت
subject-vote = تصويت
subject-vote-option = خيار في تصويت

votes-title = التصويت
votes-lead = وزّعوا ميزانية المدينة وقرّروا في الاستفتاءات. من صوّت لماذا يبقى سرًّا؛ أما طريقة العدّ فلا.
front-votes-all = كل التصويتات
votes-none = لا تصويت بعد
votes-none-text = حين تُعدّ المدينة تصويتًا يُعلَن هنا أولًا.
votes-opens = يُفتح في { $date }
votes-closes = حتى { $date }
votes-closed = { $date }
kind-budget = ميزانية
kind-budget-detail = مشاريع لها تكلفة تتقاسم ميزانية واحدة.
kind-poll = استفتاء
kind-poll-detail = يفوز خيار واحد أو أكثر.

phase-draft = مسودّة
phase-announced = مُعلَن
phase-open = مفتوح
phase-counting = قيد العدّ
phase-decided = حُسم
phase-undecided = بلا نتيجة
phase-withdrawn = سُحب
origin-imported = جرى هذا التصويت في مكان آخر. أوراقه من ملف منشور، وأُعيد حساب النتيجة هنا.
origin-simulated = هذه الأوراق مُحاكاة: صنعها برنامج ليُظهر شكل التصويت. لم يُدلِ بها أي شخص.
option-selected = اختير
option-not-selected = لم يُختَر

vote-won-budget = { $count ->
    [one] يُموَّل مشروع واحد
   *[other] المشاريع المموَّلة: { $count }
}
vote-won-poll = النتيجة
vote-results = انظر السبب مشروعًا مشروعًا
vote-projects = { $count ->
    [one] مشروع واحد
   *[other] المشاريع: { $count }
}
vote-options = { $count ->
    [one] خيار واحد
   *[other] الخيارات: { $count }
}
vote-options-none = لا شيء للاختيار بعد.
vote-from = من أين جاء
vote-aside = المشاركة
vote-turnout-title = نسبة المشاركة
vote-turnout = ورقة أُدلي بها
vote-until = يمكنك التصويت حتى { $date }.
vote-now = صوّت الآن
vote-channels = كيف وصلت الأوراق
vote-stands = أين وصل
vote-rule = القاعدة
vote-rule-lead = اختيرت قبل فتح التصويت، وهي في السجل العام منذ ذلك الحين. لا يستطيع أحد تغييرها بعده.
vote-ballots = كل الأوراق
channel-online = عبر الإنترنت
channel-paper = على الورق
channel-assisted = بمساعدة
standing-sign-in = تحتاج إلى حساب. سيُطلب منك الدخول.
standing-may = لم تصوّت بعد.
standing-has = لقد صوّتَّ. شكرًا لك.
standing-code = تحتاج إلى الرمز الذي أُعطي لك.
standing-nobody = لا يصوّت إلا من له حساب خاص به.
step-announced = أُعلن
step-announced-detail = السؤال والقاعدة في السجل
step-open = يُفتح
step-closed = يُغلق
step-decided = عُدّ وشُرح
step-decided-todo = بعد الإغلاق بدقائق، أو حين تُعدّ الأوراق
fact-budget = الميزانية
fact-voters = من يصوّت
fact-roll = في القائمة
fact-ballot = ورقة التصويت
fact-rule = طريقة العدّ
fact-ties = التعادل
voters-residents = كل من له حساب
voters-roll = المدرجون في قائمة هذا التصويت
voters-codes = كل من معه رمز سلّمته المدينة
ballot-one = اختر واحدًا.
ballot-approval = { $number ->
    [one] اختر واحدًا.
   *[other] اختر حتى { $number }.
}
ballot-cart = اختر ما تتسع له الميزانية معًا.
ballot-ranking = رتّب حتى { $number }، الأفضل أولًا.
ballot-points = وزّع { $number } من النقاط.
ballot-score = أعط كلًّا درجة من 0 إلى { $number }.
ballot-grades = أعط كلًّا تقديرًا. من دون تقدير يُحسب الأسوأ.
method-equal-shares = حصص متساوية: لكل مصوّت الحصة نفسها من المال
method-most-votes = الأكثر أصواتًا أولًا
method-greedy = الأكثر إرضاءً مقابل المال أولًا
method-phragmen = قاعدة فراغمين
method-plurality = الأكثر أصواتًا
method-approval = الأكثر تأييدًا
method-score = أعلى مجموع درجات
method-majority-judgment = حكم الأغلبية: أفضل تقدير وسط
method-transferable = الصوت القابل للنقل: يخرج الأضعف جولة بعد جولة
method-schulze = طريقة شولتسه: مقارنة كل زوج
gain-cost = يُحسب المشروع بتكلفته
gain-cardinality = كل مشروع يُحسب بالتساوي
gain-points = يُحسب المشروع بنقاطه
gain-borda = يُحسب المشروع بمرتبته
completion-add1u = ما يبقى يذهب إلى مشاريع أخرى
completion-add1 = تُرفع الحصص حتى تُستعمل الميزانية
completion-greedy = ما يبقى يذهب بحسب الإرضاء مقابل المال
completion-none = ما يبقى لا يُنفق
seats-many = يُختار { $count }
ties-cost-votes-file = الأرخص، ثم الأكثر أصواتًا، ثم ترتيب الورقة
ties-votes-cost-file = الأكثر أصواتًا، ثم الأرخص، ثم ترتيب الورقة
ties-file = ترتيب الورقة
ties-order = الجولات السابقة إن وُجدت، ثم ترتيب الورقة

secret-title = ما هو سرّ وما ليس كذلك
secret-apart = أنّ شخصًا صوّت وما صُوّت له محفوظان منفصلين. تُختم ورقتك قبل حفظها بمفتاح ليس في قاعدة البيانات. لا وقت ولا رقم ولا ترتيب يجمع بينهما.
secret-results = لا يرى أحد نتائج قبل الإغلاق. الأوراق المختومة لا تُعدّ قبله.
secret-after = بعد الإغلاق تُفتح كل الأوراق معًا وتُخلط وتُنشر. ثم يُتلف المفتاح ومعه من صوّت.
secret-server = أثناء التصويت يرى حاسوب المدينة ورقتك لحظة. ومن تحكّم في ذلك الحاسوب ومفتاحه أثناء التصويت استطاع القراءة. الأوراق التي تُختم في متصفحك ستأتي لاحقًا.
secret-receipt = إيصالك يجد ورقتك بين المنشورة. من تُريه إياه يعرف كيف صوّتَّ، فاحتفظ به لنفسك.
secret-final = الورقة نهائية: لتغييرها كان علينا أن نعرف أيّها ورقتك.

grade-0 = ممتاز
grade-1 = جيد جدًّا
grade-2 = جيد
grade-3 = مقبول
grade-4 = ضعيف
grade-5 = مرفوض
ballot-title = ورقتك
ballot-code = رمزك
ballot-code-hint = ستة عشر حرفًا ورقمًا من الرسالة التي وصلتك. يصلح مرة واحدة.
ballot-legend = اختيارك
ballot-check = راجع ورقتي
ballot-leave = غادر دون تصويت
ballot-no-value = لا جواب
ballot-chosen = مختار
cart-budget = الميزانية
cart-spent = اخترت بمبلغ
cart-left = بقي لك للإنفاق:
cart-over = تجاوزت بمقدار:
cart-plain = في الصفحة التالية ترى كم يكلّف اختيارك كله.
points-all = نقاط للتوزيع:
points-given = نقاط موزّعة
points-left = نقاط باقية
points-over = زيادة قدرها:
points-plain = في الصفحة التالية ترى كم وزّعت.
check-title = راجع ورقتك
check-lead = هذا ما ستُدلي به.
check-final = الورقة نهائية. لا يمكنك تغييرها أو سحبها.
check-cast = أدلِ بورقتي
check-again = غيّرها
receipt-title = ورقتك في الصندوق
receipt-lead = إيصالك:
receipt-what = ما فائدة الإيصال
receipt-once = نعرضه مرة واحدة ولا نحفظه إلا داخل ورقتك المختومة. اكتبه إن أردت التحقق.
receipt-find = بعد العدّ (يُغلق التصويت في { $date }) ابحث عنه بين الأوراق المنشورة: تلك ورقتك كما عُدّت.
receipt-proof = من يرى إيصالك يستطيع أن يجد ورقتك أيضًا. لا تُره لمن قد يضغط عليك.
receipt-back = العودة إلى التصويت

ballots-title = الأوراق المنشورة
ballots-lead = كل ورقة كما عُدّت، بترتيب الإيصالات التي سُحبت بالقرعة.
ballots-receipt = الإيصال
ballots-find = ابحث
ballots-not-found = لا ورقة لها هذا الإيصال. راجع كل حرف؛ وإن لم توجد فأخبر المدينة: ضياع ورقة أمر خطير.
ballots-says = الورقة
ballots-file = ملف الأوراق

results-title = النتيجة
results-lead-budget = المشاريع المموَّلة: { $count } من { $all }، بمبلغ { $spent } من { $budget }. { $ballots ->
    [one] عُدّت ورقة واحدة.
    [two] عُدّت ورقتان.
    [few] عُدّت { $voters } أوراق.
   *[other] عُدّت { $voters } ورقة.
}
results-lead-poll = { $winners }. { $ballots ->
    [one] عُدّت ورقة واحدة.
    [two] عُدّت ورقتان.
    [few] عُدّت { $voters } أوراق.
   *[other] عُدّت { $voters } ورقة.
}
results-by = عُدّ بهذه القاعدة المثبّتة قبل فتح التصويت:
results-money = أين يذهب المال
results-money-desc = الميزانية أجزاءً، جزء لكل مشروع مموَّل
results-further = مشاريع مموَّلة أخرى
results-left = لم يُنفق
results-each = مشروعًا مشروعًا
results-each-poll = كيف كان كل خيار
results-option = الخيار
results-cost = التكلفة
results-votes = الأصوات
results-fate = ما صار إليه ولماذا
results-by-order = تساوى بعضها فحسم ترتيب الورقة كما تقول القاعدة.
results-rounds = جولة جولة
results-what-if = ماذا لو عُدّ بقاعدة أخرى؟
results-what-if-lead = الأوراق نفسها بقواعد أخرى. النقطة تعني أن المشروع كان سيُموَّل.
results-compare = لو قُدّم الأكثر أصواتًا فحسب لبقي { $there } من المصوّتين بلا أيّ مشروع من مشاريعهم. بقاعدة هذا التصويت هم { $here }.
results-rule = القاعدة
results-spent = أُنفق
results-nothing = مصوّتون لم يُموَّل أيّ من مشاريعهم
results-average = مشاريع مموَّلة لكل مصوّت
results-ours = قاعدة هذا التصويت
results-check = تحقّق بنفسك
results-find = جد ورقتك بإيصالك
results-outcome = النتيجة بكل خطوة (JSON)
results-recount = أعد العدّ في متصفحك ببرنامج ثانٍ
results-command = أو عُدّ الملف بأمرنا:
results-certificate = عُدّ في { $date }. النتيجة موثّقة في السجل العام بهذه البصمات (SHA-256).
results-record = انظر السجل
results-outcome-hash = النتيجة
results-ballots-hash = الأوراق
results-steps = العدّ خطوة خطوة (بالإنجليزية)
why-chosen = كان التالي بحسب القاعدة وكان المال كافيًا.
why-completed = مُوِّل من مال بقي من الحصص.
why-free = لا يكلّف شيئًا وهناك من يؤيده.
why-mandatory = كان لا بد من تمويله.
why-tied = تساوى مع غيره؛ حسمت قاعدة التعادل.
why-paid-one = دفع مؤيده الوحيد ثمنه من حصته.
why-paid = دفع مؤيدوه ({ $supporters }) ثمنه من حصصهم: { $each } لكل منهم.
why-paid-rest = دفع مؤيدوه ({ $supporters }) ثمنه من حصصهم: { $full } منهم { $each } لكل واحد، و{ $rest } أعطوا ما بقي لهم.
lost-no-support = لم يصوّت له أحد.
lost-threshold = نال { $has } من الأصوات؛ وكان يلزم { $needs }.
lost-fit = حين جاء دوره بقي { $left }: ينقص { $missing }.
lost-fit-needed = بعدد { $needed } من الأصوات كان سيسبق «{ $other }» ويُموَّل.
lost-not-reached = انتهى العدّ قبل دوره؛ بقي { $left }.
lost-pay = بقي لمؤيديه معًا { $had } من حصصهم، ينقص { $missing }. { $more ->
    [one] كان يكفي مؤيد واحد إضافي.
    [two] كان يكفي مؤيدان إضافيان.
    [few] كان يكفي { $more } مؤيدين إضافيين.
   *[other] كان يكفي { $more } مؤيدًا إضافيًا.
}
lost-stopped = انتهت القاعدة قبل دور مؤيديه.
lost-other = سبقه اختيار آخر بحسب القاعدة.

saying-vote-published = أُعلن تصويت بسؤاله وقاعدته
saying-vote-changed = غُيّر تصويت قبل فتحه
saying-vote-withdrawn = سُحب تصويت قبل فتحه
saying-vote-codes-made = صُنعت رموز للتصويت عددها { $codes }
saying-vote-roll-added = أُدرج { $added } في قائمة تصويت
saying-vote-paper-given = سُلّمت ورقة لمصوّت
saying-vote-sheet-entered = أدخل موظف الورقة { $sheet }
saying-vote-paper-finished = أُدخلت كل الأوراق
saying-vote-closed = أغلقت الساعة تصويتًا؛ صوّت { $voted }
saying-vote-decided = حُسم تصويت. الأوراق: { $ballots }
saying-vote-undecided = عُدّ تصويت بلا نتيجة
saying-vote-imported = نُقل تصويت سابق. الأوراق: { $ballots }

refusal-vote-cast = لقد صوّتَّ من قبل. لكل شخص صوت واحد، وورقتك في الصندوق.
refusal-vote-closed = أُغلق هذا التصويت. لا يمكن الإدلاء بأي ورقة بعد.
refusal-vote-not-open = لم يُفتح هذا التصويت بعد.
refusal-vote-withdrawn = سُحب هذا التصويت.
refusal-vote-undecided = لم تُعطِ القاعدة نتيجة لهذه الأوراق.
refusal-vote-not-on-roll = لست في قائمة هذا التصويت. إن رأيت أنك منها فاسأل المدينة قبل الإغلاق.
refusal-vote-code = اكتب رمزك: ستة عشر حرفًا ورقمًا كما في رسالتك.
refusal-vote-code-unknown = هذا الرمز ليس في قائمة هذا التصويت. راجع كل حرف.
refusal-ballot-empty = اختر واحدًا على الأقل.
refusal-ballot-most = اختر { $most } على الأكثر.
refusal-ballot-over-budget = اختيارك يكلّف أكثر من الميزانية. أزل شيئًا.
refusal-ballot-points = أعطيت { $given } من النقاط؛ والمتاح { $most }.
refusal-ballot-ranks = استعمل كل مرتبة مرة: 1، 2، 3 وهكذا دون فراغ.
refusal-ballot-beyond = استعمل أعدادًا من 0 إلى { $most }.
refusal-ballot-number = استعمل أعدادًا صحيحة.
refusal-ballot-twice = الخيار نفسه مكتوب مرتين على الورقة.
refusal-ballot-unknown = تذكر الورقة ما ليس فيها. حمّل الصفحة من جديد.

vote-areas = الميزانية حياً حياً
fact-age = العمر الأدنى
fact-age-value = { $age } سنة في يوم إغلاق التصويت
fact-lives = يسكن في
fact-areas = أين يُصوَّت
votes-in-own = في المدينة كلها، وفي الحي الذي يسكن فيه الشخص بحسب القائمة
votes-in-chosen = { $most ->
    [one] في المدينة كلها، وفي حي واحد يختاره الشخص
   *[other] في المدينة كلها، وفي { $most } أحياء على الأكثر يختارها الشخص
}
area-town = المدينة كلها
ballot-where = أين تريد التصويت؟
ballot-districts-how = { $most ->
    [one] لكل حي مبلغ خاص. اختر حياً واحداً؛ والجميع يصوتون على ما هو للمدينة كلها.
   *[other] لكل حي مبلغ خاص. اختر { $most } أحياء على الأكثر؛ والجميع يصوتون على ما هو للمدينة كلها.
}
ballot-districts-own = لكل حي مبلغ خاص. اختر الحي الذي أُعطيت الرمز من أجله.
ballot-town-only = فقط على ما هو للمدينة كلها
ballot-go-on = إلى ورقة الاقتراع
ballot-elsewhere = صوّت في حي آخر
ballot-each-area = يسري هذا على كل منطقة على حدة.
ballot-nothing-here = لا شيء للتصويت عليه في هذا الحي.
results-areas = حياً حياً
results-areas-lead = عُدت كل منطقة على حدة: مبلغها ومشاريعها والأصوات التي تذكر واحداً منها على الأقل.
results-areas-check = لكل منطقة ملف أصواتها ونتيجتها بكل خطوة وإعادة عد في متصفحك: افتحها أعلاه.
results-ballots = الأصوات
results-funded = المموَّل
results-of = { $count } من { $all }

retention-voting-rolls = قوائم التصويتات التي لم تُفتح أو لم يمكن عدها، منذ يوم بدئها أو إغلاقها. أما الباقي فيُمحى مع العد.
saying-vote-roll-emptied = أُفرغت قائمة تصويت قبل فتحه
refusal-vote-age = عمرك بحسب القائمة أقل مما يطلبه هذا التصويت: يجب أن يكون { $age } سنة في يوم إغلاقه. إن كانت القائمة خاطئة فاسأل المدينة قبل الإغلاق.
refusal-vote-residence = هذا التصويت لمن يسكنون في أحياء معينة، وبحسب قائمته تسكن في غيرها. إن كانت القائمة خاطئة فاسأل المدينة قبل الإغلاق.
refusal-ballot-district = تصوّت في الحي الذي تسكن فيه. أزل ما هو لأحياء أخرى.
refusal-ballot-districts = اختر في { $most ->
    [one] حي واحد
   *[other] { $most } أحياء
} على الأكثر، إضافة إلى المدينة كلها.
refusal-ballot-districts-choose = اختر حياً من أحياء هذا التصويت.
saying-vote-import-undone = تُراجع عن استيراد تصويت سابق
vote-calendar = في تقويمك (‎.ics)
votes-calendar = تقويم التصويتات (‎.ics)
vote-calendar-open = تصويت: { $title }
vote-calendar-close = الساعة الأخيرة للتصويت: { $title }
saying-vote-clerk-named = سُمّي { $clerk } موظفًا للأوراق المكتوبة
saying-vote-clerk-ended = لم يعد { $clerk } موظفًا للأوراق المكتوبة
saying-vote-mark-taken-back = سحب موظفان علامة مصوّت على الورق
saying-vote-sheet-struck = شطب موظفان ورقة أُدخلت خطأً
secret-paper = ما في الورقة المكتوبة يُختم بالطريقة نفسها فور إدخال الموظف لها؛ والموظفون يرون الورقة بين أيديهم. ويُحفظ بجانبها حتى العدّ رقمها والموظف وطريق وصولها. أما من عُلّم وأي أوراق أُدخلت فلا يظهر في السجل العام إلا أعدادًا في النهاية.
vote-not-counted = { $channel }: أُدلي بـ{ $marked } وعُدّت { $counted }. فارغة: { $blank }، باطلة: { $spoilt }، لم تكن في الصندوق: { $missing }.
refusal-vote-cast-paper = أنت معلَّم بأنك صوّتَّ على الورق. إن لم تُسلَّم ورقة فأخبر البلدية قبل الإغلاق: يستطيع موظف آخر سحب العلامة.
option-hidden = أخفاه المشرفون

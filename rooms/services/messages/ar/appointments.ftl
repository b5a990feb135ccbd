sv-meet = موعد
sv-meet-title = موعدك
sv-meet-free = مواعيد متاحة
sv-meet-free-title = مواعيد متاحة: { $service }
sv-meet-public = تحجز الموعد ضمن طلبك، أو لاحقًا عبر رابطه الخاص، وهناك تغيّره أو تلغيه.
sv-meet-where = المكان
sv-meet-takes = مدة كل موعد بالدقائق: { $minutes }
sv-meet-places = الأماكن: { $count }
sv-meet-closed = لا استقبال هنا في هذين الأسبوعين.
sv-meet-full = كل أماكن هذا اليوم محجوزة.
sv-meet-wait-day = انتظر مكانًا في هذا اليوم
sv-meet-days = أيام أخرى
sv-meet-earlier = أيام أسبق
sv-meet-later = أيام لاحقة
sv-meet-yours = لديك موعد
sv-meet-held = محجوز مؤقتًا 30 دقيقة، ويصير لك حين ترسل الطلب.
sv-meet-go-on = تابع إلى إجاباتك
sv-meet-ics = أضفه إلى تقويمك (.ics)
sv-meet-past = مضى هذا الوقت.
sv-meet-cancel = ألغِ الموعد
sv-meet-waits = أنت في قائمة الانتظار
sv-meet-waits-day = تنتظر مكانًا يوم { $day }، { $where }.
sv-meet-waits-any = تنتظر أول مكان في { $where }.
sv-meet-waits-text = تُعطى الأماكن التي تخلو قبل 12 ساعة على الأقل بترتيب الطلب. تصلك رسالة، ويُلغى عندها موعدك السابق إن وُجد.
sv-meet-leave = غادر قائمة الانتظار
sv-meet-move = انقله إلى وقت آخر
sv-meet-by-day = يومًا بيوم
sv-meet-choose = اختر وقتًا
sv-meet-any-text = ويمكنك أيضًا انتظار أول مكان يخلو في أي يوم.
sv-meet-any = انتظر أول مكان
sv-meet-draft = إن كان كل شيء محجوزًا فأرسل الطلب أولًا، ثم يمكنك انتظار مكان.
sv-meet-none = لا موعد لديك. إن لزم موعد فاحجزه هنا.
sv-meet-before = يمكنك الحجز الآن، أو لاحقًا عبر رابطك الخاص.
sv-meet-book = احجز موعدًا
sv-meet-change = اعرضه أو غيّره أو ألغِه
sv-meet-line = { $when } · { $where }
sv-meet-event = موعد: { $service }
sv-meet-event-text = { $where }. المرجع: { $code }
sv-flash-met = حُجز.
sv-flash-unmet = أُلغي.
sv-flash-waits = أنت في قائمة الانتظار أو حصلت على مكان: انظر أدناه.
sv-flash-marked = سُجّل.
sv-weekday-1 = الاثنين
sv-weekday-2 = الثلاثاء
sv-weekday-3 = الأربعاء
sv-weekday-4 = الخميس
sv-weekday-5 = الجمعة
sv-weekday-6 = السبت
sv-weekday-7 = الأحد
sv-weekday-date = { $weekday }، { $date }
sv-step-meet-booked = حُجز موعد
sv-step-meet-moved = نُقل الموعد
sv-step-meet-given = موعد من قائمة الانتظار
sv-step-meet-cancelled = أُلغي الموعد
sv-step-meet-off = ألغى المكتب الموعد
sv-day-title = مواعيد اليوم
sv-day-which = أي مواعيد
sv-day-day = اليوم
sv-day-none = لا أحد يأتي
sv-day-none-text = لا مواعيد محجوزة لهذا اليوم.
sv-day-time = الوقت
sv-day-acts = ما آل إليه
sv-day-outside = خارج الأوقات الحالية
sv-day-came = حضر
sv-day-missed = لم يحضر
sv-day-off = ألغِ
sv-day-off-text = بعد الإلغاء يعود الوقت متاحًا لغيره. لإغلاق يوم سجّله أولًا في الأوقات.
sv-day-before = اليوم السابق
sv-day-after = اليوم التالي
sv-met-booked = متوقَّع
sv-met-came = حضر
sv-met-missed = لم يحضر
sv-plan-title = المواعيد: أين ومتى
sv-plan-lead = لكل مكان: أوقات الأسبوع، ومدة الموعد، وكم شخصًا يأتون معًا. تُستثنى عطلات الجهة.
sv-plan-line = { $week } · الدقائق: { $minutes } · معًا: { $capacity }
sv-plan-open = متاح للحجز
sv-plan-closed = غير متاح للحجز
sv-plan-new = مكان جديد
sv-plan-change = غيّر هذا المكان
sv-text-place = المكان
sv-text-place-hint = الاسم والعنوان، مثل: البلدية، الشارع الرئيسي 1، غرفة 4.
sv-plan-week = أوقات الأسبوع
sv-plan-week-hint = سطر لكل منها، مثل mon-fri 09:00-12:00 أو thu 14:00-18:00.
sv-plan-exceptions = أيام بأوقات أخرى
sv-plan-exceptions-hint = سطر لكل منها، مثل 2026-12-24 closed أو 2026-12-23 09:00-11:00, 14:00-15:00.
sv-plan-minutes = دقائق الموعد الواحد
sv-plan-capacity = عدد الأشخاص معًا
sv-plan-capacity-hint = بعدد الشبابيك.
sv-plan-ahead = أيام الحجز المسبق
sv-plan-bookable = متاح للحجز
sv-plan-bookable-detail = أزل العلامة لوقف الحجز الجديد؛ وتبقى المحجوزة.
sv-plan-save = احفظ
saying-service-appointments-set = حُدّدت مواعيد الخدمة { $subject }: الدقائق { $minutes }، معًا { $capacity }
refusal-appointment-week = تعذّرت قراءة الأوقات: { $line }. اكتب الأيام والساعات مثل mon-fri 09:00-12:00 دون تداخل.
refusal-appointment-exception = تعذّرت قراءة هذا اليوم أو تكرّر: { $line }. اكتب 2026-12-24 closed أو 2026-12-23 09:00-11:00.
refusal-appointment-exceptions-many = لا يزيد عدد الأيام ذات الأوقات الأخرى على { $most }.
refusal-appointment-place = اذكر المكان في { $most } حرفًا على الأكثر.
refusal-appointment-number = اكتب عددًا صحيحًا من { $least } إلى { $most }.
refusal-appointment-full = أخذ غيرك آخر مكان في هذا الوقت. اختر وقتًا آخر أو انتظر مكانًا.
refusal-appointment-none = لا يمكن حجز هذا الوقت. اختر من الأوقات المعروضة.
refusal-appointment-choose = اختر وقتًا.
refusal-appointment-over = هذا الطلب مغلق ولا يمكن الحجز له.
refusal-appointment-nothing = لا موعد يُلغى، أو مضى وقته.
refusal-appointment-day = لا استقبال في هذا اليوم.
refusal-appointment-free = توجد أماكن متاحة في هذا اليوم: احجز منها.
refusal-appointment-waits-many = لا ينتظر هنا أكثر من { $most }. اختر مكانًا آخر.
refusal-appointment-marked = سُجّل هذا الموعد أو أُلغي من قبل.
refusal-appointment-early = لم يبدأ بعد.
refusal-appointment-stale = غيّر غيرك هذا المكان منذ فتحت الصفحة. افتحها من جديد.
refusal-appointment-plans-many = للخدمة { $most } مكانًا على الأكثر.
sv-meet-booked-subject = { $service }: موعدك { $when }
sv-meet-given-subject = { $service }: مكان لك { $when }
sv-meet-reminder-subject = { $service }: تذكير، { $when }
sv-meet-cancelled-subject = { $service }: ألغيتَ موعدك { $when }
sv-meet-off-subject = { $service }: أُلغي موعدك { $when }
sv-meet-booked-body =
    لديك موعد بشأن { $code } («{ $service }»):

    { $when }
    { $where }

    يمكنك تغييره أو إلغاؤه عبر الرابط الخاص في إيصالك.
sv-meet-given-body =
    خلا مكان وصار لك: { $code } («{ $service }»).

    { $when }
    { $where }

    إن لم يناسبك فألغِه عبر الرابط الخاص في إيصالك ليأخذه غيرك.
sv-meet-reminder-body =
    ننتظرك بشأن { $code } («{ $service }»):

    { $when }
    { $where }

    إن لم تستطع الحضور فألغِه عبر الرابط الخاص في إيصالك.
sv-meet-cancelled-body =
    ألغيتَ هذا الموعد بشأن { $code } («{ $service }»):

    { $when }
    { $where }

    يمكنك حجز غيره عبر الرابط الخاص في إيصالك.
sv-meet-off-body =
    لا يستطيع المكتب الوفاء بهذا الموعد بشأن { $code } («{ $service }»). نأسف:

    { $when }
    { $where }

    احجز غيره من فضلك عبر الرابط الخاص في إيصالك.

door-meetings = الاجتماعات
subject-meeting = اجتماع
meetings-title = الاجتماعات
meetings-lead = حيث تتحدث المدينة مع سكانها، حضوريًا أو عبر الإنترنت. وبعدها يُكتب هنا ما تقرر.
meetings-calendar = كتقويم يمكن الاشتراك فيه (.ics)
meetings-admin = اجتماعاتك
meetings-admin-none = لم تدوّن أي اجتماع بعد.
meetings-coming = القادمة
meetings-over = المنعقدة
meetings-none = لا اجتماع معلن حاليًا.
meeting-private = لم يُعلن بعد
meeting-cancelled = أُلغي
meeting-coming = قادم
meeting-now = الآن
meeting-over = انعقد
meeting-minuted = محضره متاح
meeting-times = من { $from } إلى { $until }
meeting-also-online = عبر الإنترنت
meeting-private-note = لا يرى هذه الصفحة إلا من يعقدون هذا الاجتماع.
meeting-cancelled-note = أُلغي هذا الاجتماع:
meeting-agenda-label = ما نتحدث عنه
meeting-agenda-hint = سطر لكل نقطة.
meeting-minutes = المحضر
meeting-decided = ما تقرر
meeting-attended = { $count ->
    [one] حضر شخص واحد.
    [two] حضر شخصان.
    [few] حضر { $count } أشخاص.
    [many] حضر { $count } شخصًا.
   *[other] حضر { $count } شخص.
}
meeting-about = عن هذا الاجتماع
meeting-come = احضر
meeting-taken = شُغل { $taken } من { $places } مقعد.
meeting-waiting-count = { $count ->
    [one] شخص واحد ينتظر.
    [two] شخصان ينتظران.
    [few] { $count } أشخاص ينتظرون.
    [many] { $count } شخصًا ينتظرون.
   *[other] { $count } شخص ينتظرون.
}
meeting-sign-in = سجّل الدخول لحجز مقعد
meeting-register = احجز مقعدًا
meeting-wait = ضعني في قائمة الانتظار
meeting-register-text = تصلك رسالة الآن وقبل الاجتماع بيوم. لا يرى من سيحضر إلا من يعقدون الاجتماع.
meeting-leave = أعد مقعدي
meeting-you-have-place = لديك مقعد.
meeting-you-wait = { $place ->
    [1] أنت التالي في قائمة الانتظار.
   *[other] أنت رقم { $place } في قائمة الانتظار.
}
meeting-edit = إدارة هذا الاجتماع
meeting-where = أين
meeting-where-hint = القاعة والشارع والطابق. فارغ لاجتماع عبر الإنترنت فقط.
meeting-online = عبر الإنترنت
meeting-online-hint = عنوان الاجتماع المرئي، مثل https://meet.example.org/room.
meeting-belongs-to = يتبع
meeting-belongs-hint = موضوعه، مثل process/budget-2027. يمكن تركه فارغًا.
meeting-calendar = إلى تقويمي (.ics)
meeting-new = دوّن اجتماعًا
meeting-holder = من يعقده
meeting-make = ابدأ
meeting-see = شاهد صفحته
meeting-title-label = العنوان
meeting-summary-label = في جملة أو جملتين
meeting-text-label = ما قيل
meeting-text-hint = لا تسمِّ أحدًا لا يتحدث باسم جهة عامة.
meeting-starts = يبدأ
meeting-ends = ينتهي
meeting-zone = بتوقيت المدينة ({ $zone }).
meeting-district = الحي
meeting-no-district = بلا حي
meeting-places = المقاعد
meeting-places-hint = فارغ حيث لا حاجة للتسجيل.
meeting-save = احفظ
meeting-publish = أعلن
meeting-publish-text = من بعدها يراه الجميع ويمكنهم حجز مقعد.
meeting-cancel = ألغِ الاجتماع
meeting-cancel-reason = لماذا
meeting-cancel-hint = يقرؤه الجميع، ومن لديه مقعد أو ينتظر تصله رسالة.
meeting-is-fixed = بدأ الاجتماع أو أُلغي، فلا يمكن تغييره.
meeting-minutes-write = المحضر
meeting-minutes-lead = ما قيل وما تقرر، للجميع. يمكنك نشر محضر أفضل لاحقًا، ويحفظ السجل أنك فعلت.
meeting-decisions-label = ما تقرر
meeting-decisions-hint = سطر لكل قرار. وخلف الخط العمودي ما يجيب عنه: نبني المقعد | proposal/P-7K2M
meeting-attended-label = كم حضر
meeting-minutes-publish = انشر المحضر
meeting-people = من سيحضر
meeting-people-lead = للباب. احتفظ بها لنفسك، وتُمحى بعد الاجتماع بأيام.
meeting-people-csv = كجدول (CSV)
meeting-people-none = لم يسجل أحد بعد.
meeting-person = الاسم
meeting-person-email = البريد الإلكتروني
meeting-person-place = المقعد
meeting-person-at = التسجيل
meeting-waits = ينتظر
meeting-has-place = لديه مقعد
meeting-mail-subject = { $title }: { $sentence }
meeting-mail-placed = لديك مقعد
meeting-mail-waiting = أنت في قائمة الانتظار
meeting-mail-moved-up = لديك مقعد الآن
meeting-mail-soon = الموعد قريب
meeting-mail-cancelled = أُلغي
meeting-mail-changed = وقت آخر أو مكان آخر
meeting-mail-body =
    { $title }: { $sentence }.

    متى: { $when }
    أين: { $place }

    كل شيء عنه، وزر لإعادة مقعدك:
    { $link }
meeting-mail-body-cancelled =
    أُلغي { $title }. كان سيُعقد في { $when }.

    لماذا: { $reason }

    { $link }
saying-meeting-announced = أعلن { $by } الاجتماع { $subject }.
saying-meeting-changed = غيّر { $by } الاجتماع { $subject }.
saying-meeting-cancelled = ألغى { $by } الاجتماع { $subject }.
saying-meeting-minuted = نشر { $by } محضر { $subject }.
flash-meeting-place = لديك مقعد. والرسالة في الطريق.
flash-meeting-waiting = كل المقاعد مشغولة، وأنت في قائمة الانتظار. تصلك رسالة حين يفرغ مقعد.
flash-meeting-left = أعدت مقعدك.
flash-meeting-saved = حُفظ الاجتماع.
flash-meeting-published = أُعلن الاجتماع.
flash-meeting-cancelled = أُلغي الاجتماع.
flash-meeting-minutes = المحضر منشور.
retention-meetings-registrations = من سجّل في اجتماع، منذ انتهائه
refusal-meeting-words-missing = اكتب هذا بلغة { $language }.
refusal-meeting-words-long = يمكن أن يحتوي هذا على { $most } حرف على الأكثر.
refusal-meeting-times = ينتهي الاجتماع بعد أن يبدأ، ولا يدوم أكثر من { $days } يومًا.
refusal-meeting-time = اكتب متى يبدأ ومتى ينتهي، كلًا منهما يومًا وساعة.
refusal-meeting-nowhere = قل أين هو: مكان أو عنوان على الإنترنت أو كلاهما.
refusal-meeting-online = هذا ليس عنوانًا على الويب. يبدأ بـ https://.
refusal-meeting-places = اكتب عدد المقاعد من 1 إلى { $most }، أو اتركه فارغًا.
refusal-meeting-belongs = لا يوجد موضوع كهذا. اكتب نوعه ومرجعه، مثل process/budget-2027.
refusal-meeting-district = لا يوجد حي كهذا.
refusal-meeting-organisation = لا توجد جهة كهذه.
refusal-meeting-changed = غيّر شخص آخر هذا الاجتماع في هذه الأثناء. انظر إليه من جديد.
refusal-meeting-begun = بدأ هذا الاجتماع، فلا يمكن تغييره.
refusal-meeting-is-cancelled = أُلغي هذا الاجتماع.
refusal-meeting-published = هذا الاجتماع معلن بالفعل.
refusal-meeting-not-public = هذا الاجتماع لم يُعلن بعد، فلا شيء يُلغى.
refusal-meeting-past = وقت البداية مضى. اختر وقتًا لاحقًا.
refusal-meeting-reason = قل لماذا، في { $most } حرف على الأكثر.
refusal-meeting-needs-account = تحتاج إلى حساب لحجز مقعد. سجّل الدخول من فضلك.
refusal-meeting-closed = بدأ هذا الاجتماع، فلا تُعطى المقاعد ولا تُعاد.
refusal-meeting-no-registration = لا حاجة للتسجيل في هذا الاجتماع. احضر فحسب.
refusal-meeting-not-begun = يُنشر المحضر بعد أن يبدأ الاجتماع.
refusal-meeting-attended = اكتب عدد الحاضرين رقمًا.
refusal-meeting-decision = لا أحد يجد { $which }. اكتب نوع ومرجع شيء علني، مثل proposal/P-7K2M.
refusal-meeting-decisions = { $most } قرارًا على الأكثر، كل منها في { $characters } حرف.

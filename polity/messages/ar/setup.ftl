setup-title = إعداد البلدة
setup-lead = شيء واحد في كل مرة. يمكنك التوقف متى شئت والمتابعة لاحقًا، وتخطّي ما لا يهم بعد، وتغيير كل شيء من جديد.
setup-progress = { $done } من { $all } أمور حُسمت.
setup-next = متابعة: { $step }
setup-complete = حُسم كل شيء. بلدتك جاهزة.
setup-see = انظر إلى البلدة
setup-state-done = تم
setup-state-skipped = تُخطّي
setup-state-open = مفتوح
setup-step-number = الخطوة { $number } من { $all }
setup-save = حفظ ومتابعة
setup-go-on = متابعة
setup-skip = تخطٍّ الآن
setup-saved = حُفظ، ويسري من الآن.
setup-skipped = تُخطّي. يمكنك العودة إليه.
setup-back = كل الخطوات
setup-fixed = هذا من ملف الإعدادات أو من بيئة البرنامج، ولا يُغيَّر إلا هناك:
setup-step-name = اسم البلدة
setup-lead-name = يظهر الاسم والسطر تحته في رأس كل صفحة، بكل لغة.
setup-town-name = الاسم ({ $language })
setup-town-tagline = السطر تحت الاسم ({ $language })
setup-contact = العنوان الذي يكتب إليه السكان
setup-step-languages = اللغات
setup-lead-languages = من لا يقرأ أيًّا منها تظهر له لغة البلدة.
setup-languages = اللغات التي تعرضها البلدة
setup-language-own = لغة البلدة نفسها
setup-step-time = الوقت
setup-lead-time = تُحسب المواعيد بوقت العمل، في المنطقة الزمنية للبلدة.
setup-zone = المنطقة الزمنية
setup-zone-hint = اسمها في IANA مثل Europe/Madrid.
setup-hours = ساعات العمل
setup-hours-hint = سطر لكل منها مثل mon-fri 08:00-16:00
setup-holidays = أيام إغلاق المكاتب
setup-holidays-hint = سطر لكل منها مثل 2026-12-25
setup-step-hues = الألوان
setup-lead-hues = أعطِ كل باب لونًا. وحيث تصعب قراءة الكلمات البيضاء عليه أو اللون على الصفحة، تؤخذ درجة أغمق من اللون نفسه: تباينها 4.5 إلى 1 على الأقل من الجانبين.
setup-hue-hint = مثل #1e7a4c؛ اتركه فارغًا للوننا.
setup-hue-shade = يصير { $asked } { $shade }، والتباين { $contrast } إلى 1
setup-hue-good = { $shade }، والتباين { $contrast } إلى 1
setup-hue-report = بلّغ
setup-hue-part = شارك
setup-hue-apply = قدّم طلبًا
setup-hue-explore = استكشف
setup-hue-desk = المكتب
setup-hue-sample = كلمات بيضاء
setup-hue-sheet = كيف يبدو
setup-step-districts = الأحياء
setup-lead-districts = ملف الأحياء يقول أين تنتهي البلدة ويتيح للجميع المقارنة. من دونه تُقبل البلاغات من كل مكان.
setup-districts-count = { $count ->
    [0] لا يوجد أيّ منها بعد.
    [one] يوجد حيّ واحد.
    [two] يوجد حيّان.
    [few] توجد { $count } أحياء.
   *[other] يوجد { $count } حيًّا.
}
setup-districts-open = أحضر ملف الأحياء
setup-step-agencies = الجهات
setup-lead-agencies = يذهب كل بلاغ إلى جهة مسؤولة عنه. تكفي واحدة للبداية.
setup-agencies-open = أضف جهة
setup-step-categories = ما يمكن التبليغ عنه
setup-lead-categories = ابدأ بهذه، بكلمات كل اللغات. يمكن تغيير كل منها أو تركها لاحقًا، وإضافة ما تشاء.
setup-categories-agency = الجهة المسؤولة عنها
setup-categories-agency-first = أضف جهة أولًا في الخطوة السابقة.
setup-categories-choose = فئات للبداية
setup-categories-there = موجودة
setup-categories-open = كل الفئات
setup-step-mail = البريد
setup-lead-mail = تُرسل روابط الدخول والأخبار بالبريد. يُذكر خادم البريد في ملف الإعدادات لأن كلمة سرّه فيه.
setup-mail-smtp = خادم البريد محدَّد. تأتي الرسائل من { $from }.
setup-mail-none = لم يُحدَّد خادم بريد، فتبقى الرسائل هنا. حدّد mail.smtp_url في ملف الإعدادات وشغّل البرنامج من جديد.
setup-mail-test = أرسل لي رسالة تجريبية
setup-step-officers = أوائل الموظفين
setup-lead-officers = من يجيب باسم جهة يدخل بالبريد ويحتاج إلى تفويض، وهو علني.
setup-officers-count = { $count ->
    [0] ليس لأحد تفويض بعد.
    [one] لشخص واحد تفويض.
    [two] لشخصين تفويض.
    [few] لـ { $count } أشخاص تفويض.
   *[other] لـ { $count } شخصًا تفويض.
}
setup-officers-open = أعطِ تفويضًا
saying-town-settings-changed = غُيّرت إعدادات البلدة: { $count }
subject-town = البلدة
refusal-setup-name = أعطِ البلدة اسمًا من { $most } حرفًا على الأكثر، في سطر واحد، بلغتها على الأقل.
refusal-setup-tagline = في السطر تحت الاسم { $most } حرفًا على الأكثر.
refusal-setup-languages = اختر لغة واحدة على الأقل، ولغة البلدة بينها.
refusal-setup-zone = لا توجد منطقة زمنية بهذا الاسم. اكتبها مثل Europe/Madrid.
refusal-setup-hue = هذا ليس لونًا. اكتبه مثل #1e7a4c.
refusal-setup-contact = هذا ليس عنوان بريد. اكتبه مثل name@example.org.
refusal-setup-agency = اختر الجهة المسؤولة عن هذه الفئات.
setup-mail-sent = الرسالة التجريبية في طريقها. تقول صفحة حال النظام هل خرجت.

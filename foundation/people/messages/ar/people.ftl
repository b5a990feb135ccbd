# تسجيل الدخول
people-sign-in-heading = تسجيل الدخول
people-sign-in-lead = نرسل إليك رابطًا بالبريد الإلكتروني. لا كلمة مرور ولا شيء تحفظه. إن لم يكن لديك حساب فالرابط ينشئه.
people-sign-in-email = بريدك الإلكتروني
people-sign-in-email-hint = مثل name@example.org. لا يُعرض لأحد أبدًا.
people-sign-in-send = أرسلوا إليّ الرابط
people-sign-in-sent-heading = انظر في صندوق بريدك
people-sign-in-sent-lead = إن كان العنوان يستقبل البريد فالرابط في الطريق. يعمل مرة واحدة خلال { $minutes } دقيقة.
people-sign-in-sent-no-mail = ليس لهذه البلدة خادم بريد بعد، فلا يمكن إرسال رابط. ويمكن لمن يشغّلها طباعة رابط: polity sign-in-link.
people-sign-in-sent-help = لم يصل شيء؟ انظر في مجلد الرسائل غير المرغوبة، وتأكد من صحة العنوان، ثم اطلب رابطًا آخر بعد دقائق.
people-sign-in-again = طلب رابط آخر
people-sign-in-outbox = هذا عرض تجريبي: اقرأ الرسالة في صندوق الصادر
people-sign-in-confirm-heading = هل تسجل الدخول الآن؟
people-sign-in-confirm-lead = ستسجل الدخول على هذا الجهاز باسم:
people-sign-in-confirm-button = تسجيل الدخول
people-sign-in-confirm-not-you = ليس هذا عنوانك؟ أغلق هذه الصفحة فحسب.
people-sign-out = تسجيل الخروج
people-signed-in = سجلت الدخول.
people-signed-out = سجلت الخروج.
people-mail-sign-in-subject = رابطك إلى { $town }
people-mail-sign-in-body =
    طلب أحدهم، ونرجو أن يكون أنت، رابطًا لتسجيل الدخول إلى { $town }.

    افتح هذه الصفحة واضغط الزر:
    { $link }

    يعمل الرابط مرة واحدة خلال { $minutes } دقيقة. إن لم تطلبه فلا تفعل شيئًا: لا يستطيع أحد الدخول بعنوانك من دون الرابط.

# الحساب
people-me-heading = حسابي
people-me-lead = ما تعرفه هذه البلدة عنك، وما يمكنك أن تفعله بشأنه.
people-me-handle = أنت في العلن
people-me-handle-why = لا يعرفك السجل العام إلا بهذا الاسم المستعار.
people-me-email = البريد الإلكتروني
people-me-email-why = لرسائلنا فقط. لا يُعرض لأحد أبدًا.
people-me-since = الحساب منذ
people-me-name = اسمك
people-me-name-hint = لتحيتك فقط. يمكنك تركه فارغًا.
people-me-language = لغتك
people-me-save = حفظ
people-me-saved = تم الحفظ.
people-me-mandates = تفويضاتي
people-me-mandates-none = ليس لديك تفويض سوى أنك من السكان.
people-me-mandates-public = كل تفويضات البلدة علنية
people-me-sessions = أين سجلت الدخول
people-me-session-since = تسجيل الدخول في
people-me-session-seen = آخر زيارة في
people-me-session-until = حتى
people-me-end-others = تسجيل الخروج من كل مكان آخر
people-me-others-ended = أنت الآن مسجل الدخول على هذا الجهاز فقط.
people-me-programs = برامجي
people-me-tokens-link = مفاتيح لبرامجي
people-me-data = بياناتي
people-me-export = أخذ كل شيء معي (JSON)
people-me-erase-link = محو حسابي
people-erase-heading = هل تمحو حسابك؟
people-erase-lead = لا رجعة في هذا. يُحذف الآن اسمك وبريدك الإلكتروني وكل ما نحفظه عنك من أمور خاصة، في كل أقسام البلدة.
people-erase-stays = ما فعلته علنًا يبقى في السجل باسمك المستعار { $handle }، الذي لن يدل بعد ذلك على أحد. وتنتهي تفويضاتك.
people-erase-sure = نعم، امحوا حسابي وكل ما هو خاص فيه
people-erase-button = محو حسابي
people-erase-keep = الاحتفاظ بحسابي
people-erased = تم محو حسابك.
people-erased-lead = تم ذلك في { $when }. هذه الصفحة إيصالك: تقول ما أُزيل ولا تسمّي أحدًا.
people-erased-taken = ما أُزيل
people-erased-nothing = لم يكن هناك سوى الحساب.
people-erased-record = ما يمكن للسجل العام أن يثبته بعد
people-erased-salts = { $count ->
    [0] لم يكن في السجل ختم لكلماتك.
    [one] كان في قيد واحد من السجل ختم لكلماتك. حُذف ملحه: لن يعرف أحد ما كانت ولن يثبتها.
    [two] كان في قيدين من السجل ختم لكلماتك. حُذف ملحاهما: لن يعرف أحد ما كانت ولن يثبتها.
    [few] كان في { $count } قيود من السجل أختام لكلماتك. حُذفت أملاحها: لن يعرف أحد ما كانت ولن يثبتها.
   *[other] كان في { $count } قيدًا من السجل أختام لكلماتك. حُذفت أملاحها: لن يعرف أحد ما كانت ولن يثبتها.
}
people-erased-entries = هذه القيود:
people-erased-stays = ما يبقى
people-erased-stays-public = ما فعلته علنًا، باسم مستعار لا يدل على أحد.
people-erased-file = تكتب قاعدة البيانات فوق ما تحذفه فورًا. ويُكتب ملفها من جديد أيضًا حتى لا يبقى شيء في أجزائه غير المستعملة: خلال دقائق في بلدة صغيرة، وفي الليلة القادمة في بلدة كبيرة.
people-erased-file-elsewhere = تحرّر قاعدة البيانات المساحة. أما متى يُكتب فوق البايتات القديمة على قرصها فأمر يعود إليها.
people-erased-copies = تُحفظ النسخ السابقة من قاعدة البيانات { $days } يومًا وفيها ما كان حتى { $until }. وإن لزم استرجاع إحداها فعليك محو حسابك مرة أخرى.
people-erased-copies-unknown = ما زال في النسخ السابقة من قاعدة البيانات ما كان. ولم تقل البلدة هنا كم تحفظها: اسأل { $email }.
people-erased-until = يمكن قراءة هذه الصفحة حتى { $until }. احفظ العنوان إن أردت الرجوع قبل ذلك.
erased-people-account = الحساب بالاسم والعنوان
erased-people-sessions = أجهزة مسجّلة الدخول
erased-people-mandates = تفويضات انتهت
erased-people-tokens = مفاتيح البرامج
erased-people-mails = رسائل إليك
erased-commons-comments = تعليقات
erased-commons-follows = أمور كنت تتابعها
erased-requests-requests = بلاغات: كلماتك وأجوبتك وصورك وبيانات الاتصال فيها
erased-requests-me-too = بلاغات غيرك التي انضممت إليها
erased-requests-desk-views = عروض المكتب

# مفاتيح البرامج
people-tokens-heading = مفاتيح لبرامجي
people-tokens-lead = بالمفتاح يعمل برنامج باسمك بواحد من أدوارك، في هذه البلدة فقط، حتى يوم تحدده أنت.
people-tokens-none = ليس لديك مفاتيح.
people-tokens-list = مفاتيحك
people-tokens-make = إنشاء مفتاح
people-token-name = لأي غرض هو؟
people-token-name-hint = مثلًا: استيراد من تطبيق الميدان
people-token-role = ماذا يجوز له أن يفعل؟
people-token-days = كم يبقى صالحًا؟
people-token-days-count = { $days ->
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
   *[other] { $days } يومًا
}
people-token-make-button = إنشاء المفتاح
people-token-made-heading = أُنشئ مفتاحك
people-token-made-lead = انسخه الآن. يُعرض هذه المرة فقط، لأننا لا نحفظ شيئًا يمكن قراءته منه.
people-token-made-label = المفتاح
people-token-use = ترسله البرامج هكذا: Authorization: Bearer KEY
people-token-done = نسخته
people-token-created = أُنشئ في
people-token-expires = صالح حتى
people-token-state = الحالة
people-token-in-force = سارٍ
people-token-over = انتهى
people-token-revoked = ملغى
people-token-revoke = إلغاء
people-token-was-revoked = أُلغي المفتاح. تُرفض البرامج التي تستخدمه من الآن.

# التفويضات
people-mandates-heading = من يجوز له ماذا
people-mandates-lead = كل تفويض علني: من يحمله، ولمن، ومنذ متى، ومن منحه.
people-mandates-none = لا أحد يحمل تفويضًا بعد.
people-mandates-caption = التفويضات السارية
people-mandate-who = من
people-mandate-role = التفويض
people-mandate-for = لمن
people-mandate-since = منذ
people-mandate-by = منحه
people-mandate-town = البلدة كلها
people-mandate-setup = إعداد البلدة
people-role-visitor = زائر
people-role-resident = من السكان
people-role-officer = موظف مسؤول
people-role-steward = منسق العمليات
people-role-moderator = مشرف
people-role-analyst = محلل
people-role-auditor = مدقق
people-role-administrator = مدير
people-role-open311 = برنامج Open311
people-role-resident-does = يبلّغ ويتابع ويشارك.
people-role-officer-does = يجيب عن جهة.
people-role-steward-does = يقود العمليات التي يشارك فيها السكان.
people-role-moderator-does = يعتني بما يكتبه السكان.
people-role-analyst-does = يقرأ أرقامًا لم تُنشر بعد.
people-role-auditor-does = يقرأ كل ما في السجل وكيف وصل إليه.
people-role-administrator-does = يُعدّ البلدة ويمنح التفويضات.
people-role-open311-does = يتيح لبرنامج أن يتحدث Open311 عن غيره.

# الإدارة
people-admin-people-heading = الناس والتفويضات
people-admin-people-lead = تمنح التفويض لعنوان بريد إلكتروني، ويحمله من يسجل الدخول بذلك العنوان. يُدوَّن كل تفويض في السجل العام بالاسم المستعار.
people-admin-give = منح تفويض
people-admin-email = البريد الإلكتروني للشخص
people-admin-role = التفويض
people-admin-organisation = الجهة
people-admin-organisation-hint = يجيب الموظفون المسؤولون عن جهة واحدة. كل التفويضات الأخرى للبلدة كلها.
people-admin-no-organisation = لا جهة: البلدة كلها
people-admin-give-button = منح التفويض
people-admin-end-button = إنهاء
people-admin-given = مُنح التفويض ودُوّن في السجل.
people-admin-ended = انتهى التفويض ودُوّن ذلك في السجل.
people-organisations-heading = الجهات
people-organisations-lead = الإدارات والهيئات العامة المسؤولة عن شيء ما.
people-organisations-none = لا توجد جهة بعد.
people-organisations-list = جهات البلدة
people-organisations-add = إضافة جهة
people-organisation-code = اسم قصير للعناوين
people-organisation-code-hint = حروف لاتينية صغيرة وأرقام وشرطات، مثل street-services. لا يمكن تغييره لاحقًا.
people-organisation-name = الاسم
people-organisation-name-hint = الاسم بلغة البلدة الأولى لازم، واللغات الأخرى مرحب بها.
people-organisation-name-in = الاسم ({ $language })
people-organisation-email = البريد الإلكتروني للمكتب
people-organisation-email-hint = ليس علنيًا. يمكنك تركه فارغًا.
people-organisation-add-button = إضافة الجهة
people-organisation-added = أُضيفت الجهة ودُوّنت في السجل.
people-jobs-heading = أعمال تعثرت
people-jobs-lead = رسائل وأعمال أخرى جُرّبت مرات ولم تنجح. أصلح السبب ثم حاول من جديد.
people-jobs-none = لم يتعثر شيء.
people-job-error = ما الذي حال دونه
people-job-attempts = المحاولات
people-job-retry = حاول من جديد
people-job-discard = اتركه
people-job-retried = ستُعاد المحاولة خلال دقيقة.
people-job-discarded = تُرك.

# الإعداد
people-setup-heading = تعيين أول مدير
people-setup-lead = طبع البرنامج رمزًا لمرة واحدة حيث شُغّل. من لديه الرمز يُعدّ البلدة.
people-setup-code = الرمز من الطرفية
people-setup-code-hint = 16 حرفًا ورقمًا
people-setup-email = بريدك الإلكتروني
people-setup-name = اسمك
people-setup-button = تولّي الإدارة
people-setup-done = أنت الآن مدير هذه البلدة.

# العرض التجريبي
people-persona-visitor = زائر
people-persona-resident = من السكان (أمينة)
people-persona-officer = موظف مسؤول (يوناس)
people-persona-administrator = مدير
people-persona-moderator = مشرف
people-persona-auditor = مدقق
people-persona-now = ترى البلدة الآن كما يراها هذا الشخص.
people-outbox-heading = صندوق الصادر للعرض التجريبي
people-outbox-lead = لا شيء يغادر العرض التجريبي. تُعرض هنا الرسائل التي كانت بلدة حقيقية سترسلها، الأحدث أولًا، { $most } على الأكثر.
people-outbox-none = لم تُكتب أي رسالة بعد.
people-outbox-to = إلى
people-outbox-at = كُتبت

# السجل
people-said-mandate-given = مُنح { $handle } تفويض { $role ->
    [officer] موظف مسؤول
    [steward] منسق العمليات
    [moderator] مشرف
    [analyst] محلل
    [auditor] مدقق
    [administrator] مدير
    [open311] برنامج Open311
   *[other] { $role }
} عن { $scope ->
    [town] البلدة كلها
   *[other] { $scope }
}
people-said-mandate-ended = لم يعد { $handle } يحمل تفويض { $role ->
    [officer] موظف مسؤول
    [steward] منسق العمليات
    [moderator] مشرف
    [analyst] محلل
    [auditor] مدقق
    [administrator] مدير
    [open311] برنامج Open311
   *[other] { $role }
} عن { $scope ->
    [town] البلدة كلها
   *[other] { $scope }
}
people-said-organisation-added = أُضيفت الجهة { $code }
people-said-person-erased = محا { $handle } حسابه؛ وانتهت كل تفويضاته
people-subject-mandate = تفويض
people-subject-organisation = جهة
people-subject-person = شخص

# الرفض
refusal-people-email = شكل البريد الإلكتروني name@example.org، بحروف لاتينية بسيطة.
refusal-people-mail-often = أُرسلت إليك عدة رسائل في الساعة الأخيرة. انتظر قليلًا ثم حاول من جديد.
refusal-people-link-spent = لم يعد هذا الرابط يعمل: استُخدم، أو مضى عليه أكثر من { $minutes } دقيقة، أو قُطع. اطلب رابطًا جديدًا في صفحة تسجيل الدخول.
refusal-people-name = للاسم { $most } حرفًا على الأكثر، في سطر واحد.
refusal-people-language = اختر إحدى اللغات المعروضة.
refusal-people-not-sure = ضع علامة في المربع إن كنت متأكدًا.
refusal-people-last-administrator = أنت المدير الوحيد. امنح هذا التفويض لشخص آخر أولًا، كي يبقى للبلدة من يعتني بها.
refusal-people-ends-last-administrator = هذا هو المدير الوحيد. امنح هذا التفويض لشخص آخر أولًا، كي يبقى للبلدة من يعتني بها.
refusal-people-by-browser = لا يمكن فعل هذا بمفتاح. سجل الدخول بمتصفح.
refusal-people-token-name = يحتاج المفتاح إلى اسم من { $most } حرفًا على الأكثر.
refusal-people-token-role = اختر واحدًا من أدوارك.
refusal-people-token-expiry = لا بد للمفتاح من نهاية: اختر من 1 إلى { $most } يومًا.
refusal-people-token-too-many = لديك { $most } مفتاحًا ساريًا. ألغِ واحدًا أولًا.
refusal-people-role = اختر أحد التفويضات التي يمكن منحها.
refusal-people-organisation-needed = يجيب الموظف المسؤول عن جهة: اختر واحدة.
refusal-people-organisation-not-for = هذا التفويض للبلدة كلها: لا تختر جهة.
refusal-people-organisation-unknown = لا توجد جهة كهذه.
refusal-people-mandate-held = يحمل هذا الشخص ذلك التفويض أصلًا، أو يحمل أقصى ما يمكن ({ $most }).
refusal-people-organisation-code = استخدم من 2 إلى { $most } من الحروف اللاتينية الصغيرة والأرقام والشرطات، مثل street-services. الاسم «town» محجوز.
refusal-people-organisation-taken = توجد جهة بهذا الاسم القصير.
refusal-people-organisation-name = اكتب اسمًا من { $most } حرفًا على الأكثر، بلغة البلدة الأولى على الأقل.
refusal-people-setup-code = ليس هذا هو الرمز، أو سبق استخدامه. شغّل البرنامج من جديد لتحصل على رمز آخر.
people-hours-heading = ساعات عمل { $name }
people-hours-lead = تُحسب المهل في هذه الساعات. أما المهل الموعودة من قبل فتبقى كما هي.
people-hours-hours = ساعات العمل
people-hours-hours-hint = سطر لكل فترة، مثل mon-fri 08:00-12:30. إن تُرك فارغًا فساعات المدينة.
people-hours-holidays = عطل إضافية
people-hours-holidays-hint = يوم في كل سطر، مثل 2026-12-24، فوق عطل المدينة.
people-hours-save = حفظ ساعات العمل
people-hours-set = حُفظت ساعات العمل، وهي في السجل.
people-hours-town = كالمدينة
people-hours-change = تغيير
people-said-hours-set = حُددت ساعات عمل { $code }
refusal-people-hours-line = لا يمكن قراءة «{ $line }». اكتب الأيام والساعات مثل mon-fri 08:00-12:30 أو sat 09:00-12:00.
refusal-people-hours-date = «{ $line }» ليس يومًا. اكتبه مثل 2026-12-24.
refusal-people-hours-overlap = تتداخل فترتان من اليوم نفسه.
refusal-people-hours-none = يجب أن تنتهي الفترة بعد بدايتها وقبل 24:00، وأن يكون ليوم ما ساعات عمل.
refusal-people-hours-many = اكتب { $most } سطرًا على الأكثر.
retention-people-sessions = الأجهزة المسجّلة الدخول، بعد انتهاء مدة الدخول
retention-people-links = روابط الدخول، بعد انتهاء صلاحيتها
retention-people-mails = رسائل البلدة، بعد كتابتها
retention-people-tokens = مفاتيح البرامج، بعد انتهائها أو إلغائها
retention-people-receipts = إيصالات الحسابات الممحوّة، بعد المحو
people-town-itself = المدينة نفسها
refusal-roll-no-file = اختر ملفاً فيه صف واحد على الأقل.
refusal-roll-table = لا يمكن قراءة هذا الجدول: { $problem }
refusal-roll-columns = يحتاج الملف إلى عمود number أو عمود email.
refusal-roll-large = يمكن أن تضم القائمة { $most } شخصاً على الأكثر.
roll-aside = أسطر وُضعت جانباً
roll-aside-more = و{ $count } أخرى؛ احصل على ملفها أدناه.
roll-line = السطر
roll-column = العمود
roll-value = المكتوب
roll-why = السبب
roll-aside-cells = عدد خلايا السطر يختلف عن سطر العناوين، أو علامات الاقتباس فيه غير متوازنة.
roll-aside-nobody = لا رقم في السطر ولا بريد إلكتروني، فلا يمكن العثور على أحد به.
roll-aside-number = الرقم أطول من 40 حرفاً.
roll-aside-email = هذا ليس عنوان بريد إلكتروني.
roll-aside-born = هذا ليس تاريخ ميلاد مثل 1990-05-17.
roll-aside-district = لا يوجد حي كهذا في المدينة.
roll-aside-twice = هذا مكتوب مرتين في الملف.
roll-aside-there = هذا الشخص في القائمة بالفعل.

# Activity
people-activity-heading = نشاطي
people-activity-link = كل ما فعلته هنا
people-activity-lead = ما بلّغتَ عنه واقترحته وكتبته وسجّلتَ فيه، الأحدث أولًا. لا يرى هذه القائمة سواك. لا يُحفظ في أي مكان كيف صوّتَّ، وما لم تعد المدينة تحفظه لا يبقى هنا أيضًا.
people-activity-kind = ماذا
people-activity-all = كل شيء
people-activity-show = اعرض
people-activity-none = لم تفعل شيئًا هنا بعد
people-activity-none-of-kind = لم تفعل شيئًا من هذا النوع بعد
people-activity-none-text = ما تفعله وأنت مسجّل الدخول يظهر هنا من تلقاء نفسه. وما فعلته دون تسجيل الدخول لا يعرفه أحد، فليس هنا.
people-activity-following = ما أتابعه بالبريد
refusal-people-activity-kind = لا يوجد نوع كهذا من النشاط. المعروف: { $kinds }.

# Finding an account
people-find-heading = إيجاد حساب بعنوانه
people-find-lead = كتب إليك شخص وتحتاج إلى معرفة اسمه المستعار. يُدوَّن في السجل العام أنك بحثت ولماذا؛ أما صاحب الحساب فلا يظهر فيه إلا كختم، ويقرأ الشخص في صفحته أنك بحثت.
people-find-exact = العنوان كاملًا وبالضبط: لا يُعثر على شيء بجزء منه.
people-find-why = لماذا تبحث؟
people-find-why-hint = يقرأ الشخص هذا.
people-find-why-none = اختر سببًا
people-find-why-asked = طلب الشخص المساعدة
people-find-why-mandate = لمنح تفويض أو إنهائه
people-find-why-complaint = اشتكى أحدهم مما يُفعل بالحساب
people-find-why-law = يطلبه قانون
people-find-button = أوجد الحساب
people-find-nobody = لا أحد هنا له هذا العنوان.
people-find-no-mandates = لا يوجد
people-me-looks = من بحث عن حسابي
refusal-people-find-why = قل لماذا تبحث عن هذا الحساب.
people-said-looked-up = بحث { $by } عن حساب عنوان { $why ->
    [asked] لأن الشخص طلب المساعدة
    [mandate] لمنح تفويض أو إنهائه
    [complaint] بسبب شكوى
   *[law] لأن قانونًا يطلب ذلك
}
people-find-handle = الاسم المستعار
people-find-mandates = التفويضات

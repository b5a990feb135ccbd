door-alerts = بالقرب منك
subject-works = أعمال
saying-works-announced = أعلنت { $organisation } عن الأعمال { $subject }.
saying-works-changed = غيّرت { $organisation } الأعمال { $subject }.
saying-works-called-off = ألغت { $organisation } الأعمال { $subject }.
alerts-title = ما يجري بالقرب منك
alerts-lead = تعرّف على البلاغات الجديدة وما أُصلح والأعمال المخططة: بالبريد أو كخلاصة أو في تقويمك. من دون حساب.
alerts-form = اختر منطقة
alerts-district = الحي
alerts-no-district = لم يُختر حي
alerts-circle = أو حول مكان
alerts-map = وسط منطقتك
alerts-map-keys = الأسهم تحرّك الدبوس، ومع Shift بخطوات أكبر؛ زائد وناقص للتكبير والتصغير. Tab للمتابعة.
alerts-map-role = خريطة بدبوس
alerts-map-nowhere = لا يوجد دبوس بعد. اضغط سهمًا أو Enter لوضعه في وسط الخريطة.
alerts-here = استخدم موقعي
alerts-here-failed = لم يحدد جهازك موقعك. انقر الخريطة أو أدخل الإحداثيات.
alerts-lat = خط العرض
alerts-long = خط الطول
alerts-radius-label = إلى أي مسافة
alerts-metres = { $metres } م
alerts-show = اعرض الجديد هناك
alerts-by-mail = بالبريد الإلكتروني
alerts-email-label = بريدك الإلكتروني
alerts-email-hint = نرسل أولًا رابطًا للتأكيد. في كل رسالة رابط للإيقاف.
alerts-pace = كم مرة
alerts-pace-daily = مرة في اليوم صباحًا إن وُجد جديد
alerts-pace-at-once = حال وجود جديد
alerts-button = أرسلوا إليّ الجديد
alerts-news = الجديد في البلدة
alerts-news-of = الجديد: { $area }
alerts-calendar = تقويم (.ics)
alerts-none = لا جديد هنا
alerts-none-text = لم يبدأ شيء ولم ينتهِ هنا في الأسابيع الأخيرة.
alerts-area-district = { $district }
alerts-area-circle = { $metres } م حول { $lat }، { $long }
alerts-what-began = جديد
alerts-what-changed = تغيّر
alerts-what-ended = انتهى
alerts-feed-title = الجديد بالقرب: { $area }
alerts-promised = نهاية موعودة: { $title }
alerts-mail-title = أخبارك بالبريد
alerts-confirm = نعم، أرسلوا إليّ
alerts-not = لا، احذفوا عنواني
alerts-change = غيّر التكرار
alerts-leave = أوقف هذه الرسائل
flash-alerts-asked = أرسلنا إليك رسالة. افتح رابطها للتأكيد.
flash-alerts-confirmed = تم التأكيد. سنخبرك عند حدوث شيء هنا.
flash-alerts-changed = تم التغيير.
flash-alerts-left = تم الإيقاف وحُذف عنوانك.
alerts-mail-confirm-subject = الرجاء التأكيد: أخبار { $area }
alerts-mail-news-subject = { $area }: { $count } جديد
works-title = أعمال مخططة
works-lead = ما تقوم به الجهات العامة في الشوارع ومتى.
works-none = لا أعمال معلنة
works-none-text = عندما تعلن جهة عامة عن أعمال ستظهر هنا وفي الخلاصة والتقويم.
works-when = من { $from } إلى { $until }
works-planned = مخططة
works-under-way = جارية
works-over = منتهية
works-called-off = ملغاة
works-new = أعلن عن أعمال
works-edit = غيّر هذا الإعلان
works-call-off = ألغِ هذه الأعمال
works-yours = لجهتك
works-calendar = إلى تقويمي
works-facts = معلومات
works-map-alt = موقعه على الخريطة
works-where = المكان
works-where-hint = مثل «شارع الطاحونة من 2 إلى 18».
works-district = الحي
works-or-district = الحي إن لم يوجد دبوس
works-agency = الجهة
works-listen = تابع ما يجري هنا
works-title-label = ما العمل
works-title-hint = في سطر، مثل «أنابيب ماء جديدة».
works-from = من
works-until = إلى
works-words = ما ينبغي أن يعرفه السكان
works-words-hint = اختياري: مسارات مغلقة، طرق بديلة، ضجيج، ومن يُسأل.
works-button = انشر
flash-works-announced = أُعلن عن الأعمال.
flash-works-changed = غُيّر الإعلان.
flash-works-called-off = أُلغيت الأعمال. تُظهر التقاويم ذلك.
refusal-alerts-place = خط العرض من -90 إلى 90 وخط الطول من -180 إلى 180؛ كلاهما مطلوب.
refusal-alerts-radius = اختر إحدى المسافات المعروضة.
refusal-alerts-district = لا يوجد حي كهذا هنا.
refusal-alerts-area = اختر حيًا أو ضع دبوسًا على الخريطة.
refusal-alerts-email = هذا ليس عنوان بريد. اكتبه مثل name@example.org.
refusal-alerts-many = يمكن لعنوان واحد متابعة { $most } منطقة. أوقف واحدة أولًا عبر رابط رسائلها.
refusal-works-title = اذكر العمل في { $most } حرفًا على الأكثر.
refusal-works-text = هذا النص أطول من { $most } حرف أو فيه ما لا يمكن عرضه.
refusal-works-place = ضع دبوسًا على الخريطة أو اختر حيًا.
refusal-works-outside = هذا المكان خارج البلدة بمسافة { $metres } متر.
refusal-works-moment = اختر يومًا ووقتًا.
refusal-works-order = يجب أن تكون النهاية بعد البداية.
refusal-works-over = ستكون هذه الأعمال قد انتهت. اختر نهاية في المستقبل.
refusal-works-long = تبدأ الأعمال وتنتهي خلال { $days } يومًا.
refusal-works-organisation = اختر جهة من القائمة.
refusal-works-closed = انتهت هذه الأعمال أو أُلغيت، فلا يمكن تغييرها.
refusal-works-stale = غيّر أحدهم هذه الأعمال. ما كتبته ما زال هنا؛ راجعها ثم أرسل مجددًا.
retention-alerts-unconfirmed = عناوين طلبت أخبار منطقة ولم تؤكد، بعد الطلب
retention-alerts-links = روابط رسائل أخبار المناطق، بعد إرسالها
retention-alerts-news = ما بدأ أو انتهى وأين، كما تعرضه خلاصات المناطق، بعد حدوثه
alerts-mail-confirm-body =
    طلب أحدهم، ولعله أنت، أخبار: { $area }
    { $pace }

    لتلقيها افتح هذا الرابط واضغط الزر:
    { $link }

    إن لم تكن أنت فلا تفعل شيئًا: يُحذف عنوانك خلال أسبوع.
alerts-mail-news-body =
    { $area }

    { $list }

    { $more ->
        [0] كل أخبار هذه المنطقة:
        [one] يوجد خبر آخر، مع كل أخبار هذه المنطقة:
        [two] يوجد خبران آخران، مع كل أخبار هذه المنطقة:
        [few] توجد { $more } أخبار أخرى، مع كل أخبار هذه المنطقة:
        [many] يوجد { $more } خبرًا آخر، مع كل أخبار هذه المنطقة:
       *[other] يوجد { $more } خبر آخر، مع كل أخبار هذه المنطقة:
    }
    { $all }

    لتغيير التكرار أو إيقاف هذه الرسائل:
    { $link }

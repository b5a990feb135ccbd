saying-request-forwarded = أُرسل { $subject } إلى { $organisation } ({ $way }).
saying-organisation-reached-by = حُدّد كيف يوصَل إلى { $organisation }: { $way }.
way-here = مكتب في هذه البلدة
way-here-detail = يسجّل موظفوها الدخول ويجيبون في المكتب.
way-open311 = خادم خاص بها (Open311)
way-open311-detail = تُرسل البلاغات إليه، ويظهر هنا ما آلت إليه.
way-letter = البريد الإلكتروني
way-letter-detail = تصلها رسالة فيها البلاغ ورابط خاص، فتجيب في المتصفح بلا حساب.
step-forwarded = أُرسل إلى الجهة
forwarded-title = أُرسل
forwarded-by-open311 = تعمل { $agency } بنظام خاص بها. وما تقوله هناك يأتي إلى هذا الخيط من تلقاء نفسه.
forwarded-by-letter = تصل { $agency } رسالة فيها رابط خاص، وتجيب به.
forwarded-waiting = سيُرسل
forwarded-sending = قيد الإرسال
forwarded-token = قُبل، ولا مرجع له بعد
forwarded-sent = وصل
forwarded-refused = رُفض هناك
forwarded-ended = لم يُرسل إذ لم تعد إليه حاجة
forwarded-again = أرسله مرة أخرى
flash-forward-again = يُرسل مرة أخرى.
refusal-forward-not-refused = لم يُرفض، فلا يُرسل مرة أخرى.
elsewhere-done = أغلقته الجهة في نظامها على أنه أُنجز، بلا كلام آخر.
elsewhere-not-done = أغلقته الجهة في نظامها على أنه لن يُنجز، بلا كلام آخر.
agencies-title = كيف يوصَل إلى الجهات
agencies-lead = قد تجيب الجهة في مكتبها هنا، أو عبر خادم خاص بها، أو بالبريد الإلكتروني. وفي كل حال يأتي ما تقوله إلى الخيط العلني.
agencies-none = لا توجد جهة بعد.
agencies-way = كيف يوصَل إليها
agencies-state = الحالة
agencies-state-good = سليمة
agencies-state-new = لم تُسأل بعد
agencies-state-trouble = فيها خلل
agencies-waiting = ستُرسل
agencies-refused = مرفوضة
agency-page = كيف يوصَل إلى { $name }
agency-page-lead = تذهب البلاغات الجديدة إلى هناك من الآن، وما هو مفتوح يبقى في المكتب. ويُرسل إلى هناك أيضًا ما يقوله السكان لاحقًا في الصفحة العامة. ولا تُرسل أسماء السكان ولا عناوينهم أبداً.
agency-url = عنوان الخادم
agency-url-hint = إلى حيث يتبعه ‎/requests.json، مثل https://agency.example/open311/v2
agency-jurisdiction = ‏jurisdiction_id الخاص به (اختياري)
agency-jurisdiction-hint = فقط إن طلبه الخادم.
agency-key = مفتاحه لنا (api_key)
agency-key-hint = لا يُعرض ثانية أبداً. اتركه فارغاً إن كان الخادم لا يطلب مفتاحاً.
agency-key-kept = يوجد مفتاح محفوظ. اترك الحقل فارغاً للاستمرار به، واكتب مفتاحاً آخر لخادم آخر.
agency-key-forget = انسَ المفتاح
agency-services = ما تُسمى به فئاتنا هناك
agency-services-hint = ‏service_code لكل منها. اترك فارغاً ما له الاسم نفسه.
agency-email = البريد الإلكتروني للجهة
agency-email-hint = إليه تذهب الرسائل بالبلاغات والروابط الخاصة.
agency-save = احفظ
agency-test = جرّب
agency-test-hint = يسأل الخادم عن خدماته، أو يرسل رسالة تجربة. ولا يُبلَّغ عن شيء.
agency-test-good = { $count ->
    [zero] الخادم يجيب، ولا خدمات لديه.
    [one] الخادم يجيب، ولديه خدمة واحدة.
    [two] الخادم يجيب، ولديه خدمتان.
    [few] الخادم يجيب، ولديه { $count } خدمات.
    [many] الخادم يجيب، ولديه { $count } خدمة.
   *[other] الخادم يجيب، ولديه { $count } خدمة.
}
agency-test-missing = لا توجد هناك خدمة برمز هذه:
agency-test-services = خدماته
agency-test-trouble = لا يعمل: { $trouble }.
agency-asked = سُئلت آخر مرة في { $date }.
agency-trouble = لم ينجح الأمر في المرة الأخيرة:
flash-agency-reached = حُفظ.
flash-agency-letter = الرسالة في الطريق.
refusal-agency-way = اختر كيف يوصَل إلى الجهة.
refusal-agency-email = اكتب عنوان بريد إلكتروني، مثل name@example.org.
refusal-agency-address = اكتب عنوان الخادم كاملاً، مثل https://agency.example/open311/v2، بلا علامة استفهام.
refusal-agency-not-https = يجب أن يبدأ العنوان بـ https://.
refusal-agency-not-public = هذا العنوان ليس في الشبكة العامة.
refusal-agency-no-channel = تجيب هذه الجهة في مكتبها هنا، فلا شيء يُجرَّب.
agency-title = أجب عن { $code }
agency-lead = تجيب باسم { $agency }. وما تكتبه يصير علنياً.
agency-until = هذا الرابط لك وحدك، وهو صالح حتى { $date }.
agency-ended = انتهى الأمر، ولا شيء آخر يُعمل.
flash-agency-said = شكراً. صار على الصفحة العلنية.
refusal-agency-link-over = انتهت مدة هذا الرابط. اطلب من البلدة رسالة جديدة.
refusal-agency-said-already = هذه الكلمات نفسها على الصفحة.
refusal-agency-act = اختر ما تفعله.
mail-forward-subject = البلاغ { $code }: { $what }
mail-forward-body =
    أبلغ أحد السكان:

    { $what }

    { $report }

    الصفحة العلنية: { $page }

    أجب عنه أو أنهِه أو ارفضه هنا، بلا حساب. الرابط لمكتبكم وحده، وهو صالح حتى { $until }:
    { $link }
mail-forward-test-subject = رسالة تجربة
mail-forward-test-body =
    ستصل البلاغات الخاصة بمكتبكم إلى هذا العنوان من { $address }. لا شيء مطلوب منكم.
retention-requests-forward-news = ما أُخذ من أخبار أنظمة الجهات
later-title = ما قيل منذ ذلك الحين
told-waiting = سيُبلَّغ
told-told = أُبلغ
told-refused = لم يُقبل هناك
told-dropped = لم يُبلَّغ: لم يعد علنيًا أو لم يعد من اختصاصهم
later-comment = يضيف أحد السكان:
later-edited = صحّح المبلِّغ البلاغ، ونصه الآن:
later-replied = يجيب المبلِّغ:
later-disputed = يقول أحد الجيران إن الأمر لم يُصلَح:
later-reopened = فُتح البلاغ من جديد:
later-withdrawn = سحب المبلِّغ بلاغه. لم يعد هناك ما يُفعل.
mail-forward-later-subject = المزيد عن البلاغ { $code }

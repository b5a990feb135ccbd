door-search = بحث
search-title = بحث
search-label = كلمات البحث
search-button = ابحث
search-hint = اكتب اسم شارع أو نوع مشكلة أو رقمًا مرجعيًا مثل R-7K2M.
search-none = لا نتائج للبحث عن «{ $query }»
search-none-text = جرّب كلمات أقل أو بداية كلمة.
search-more = وهناك نتائج أقدم: أضف كلمة للعثور عليها.
search-found = { $count ->
    [one] نتيجة واحدة
    [two] نتيجتان، الأحدث أولًا
    [few] { $count } نتائج، الأحدث أولًا
   *[other] { $count } نتيجة، الأحدث أولًا
}
follow-title = المتابعة بالبريد
follow-what = يتعلق هذا بالموضوع
follow-confirm = نعم، أرسلوا لي الأخبار
follow-not = لا، انسوا عنواني
follow-leave = لا ترسلوا لي أخبارًا بعد الآن
flash-comment = تعليقك الآن على الصفحة.
flash-follow = أرسلنا إليك رسالة. افتح الرابط فيها للتأكيد.
flash-followed = ستصلك رسالة كلما حدث شيء.
flash-unfollowed = لن تصلك رسائل أخرى عن هذا.
saying-comment-added = علّق { $by } على { $subject }.
commons-mail-confirm-subject = يرجى التأكيد: أخبار عن { $what }
commons-mail-confirm-body =
    طلب أحدهم، وربما أنت، أخبارًا عن { $what }.

    للتأكيد افتح هذه الصفحة واضغط الزر:
    { $link }

    إن لم تكن أنت فلا تفعل شيئًا: لن تصلك رسائل أخرى.
commons-mail-news-subject = { $what }: { $sentence }
commons-mail-news-body =
    { $sentence }

    اقرأه هنا:
    { $link }

    لإيقاف الرسائل عن هذا:
    { $out }
refusal-comment-empty = اكتب شيئًا قبل الإرسال من فضلك.
refusal-comment-too-long = يمكن أن يحتوي التعليق على { $most } حرف على الأكثر.
refusal-email-unreadable = هذا ليس عنوان بريد يمكننا الكتابة إليه. يبدو العنوان مثل name@example.org.
refusal-subject-too-new = يُسجَّل هذا الموضوع الآن. حاول مرة أخرى بعد ثوانٍ.
refusal-photo-too-large = يمكن أن يبلغ حجم الصورة { $most } ميغابايت على الأكثر. اختر صورة أصغر.
refusal-photo-kind = هذه ليست صورة يمكننا قراءتها. أرسل ملف JPEG أو PNG أو WebP.
refusal-photo-too-many-pixels = الصورة كبيرة جدًا: { $most } مليون بكسل على الأكثر. أرسل صورة أصغر.
refusal-photo-broken = الصورة تالفة ولا يمكن قراءتها. اختر صورة أخرى.
retention-commons-loose-photos = صور لا تنتمي إلى أي بلاغ، بعد إرسالها
retention-commons-unconfirmed-followers = عناوين طلبت الأخبار ولم تؤكّد، بعد الطلب
talk-comments = التعليقات
talk-count = { $count ->
    [0] لم يعلّق أحد بعد.
    [one] تعليق واحد
    [two] تعليقان
    [few] { $count } تعليقات
   *[other] { $count } تعليقًا
}
talk-label = إضافة تعليق
talk-hint = التعليق علني. قل ما يفيد، بلطف.
talk-button = إضافة التعليق
talk-sign-in = سجّل الدخول للتعليق
talk-follow = المتابعة
talk-followers = { $count ->
    [0] لا أحد يتابع هذا بعد.
    [one] شخص واحد يتابع هذا.
    [two] شخصان يتابعان هذا.
    [few] { $count } أشخاص يتابعون هذا.
   *[other] { $count } شخصًا يتابعون هذا.
}
talk-email = بريدك الإلكتروني
talk-follow-button = أرسلوا لي الأخبار
talk-rss = المتابعة عبر RSS
talk-reply = ردّ
talk-reply-to = ردّ على { $name }
talk-gone = حُذف حساب من كتب هذا، وحُذفت معه الكلمات.
talk-more = { $count ->
    [one] رد آخر في هذا النقاش
    [two] ردّان آخران في هذا النقاش
    [few] { $count } ردود أخرى في هذا النقاش
    [many] { $count } ردًا آخر في هذا النقاش
   *[other] { $count } رد آخر في هذا النقاش
}
talk-all = كل التعليقات، بترتيب آخر
talk-order = الترتيب
talk-order-oldest = الأقدم أولًا
talk-order-newest = الأحدث أولًا
talk-order-answered = الأكثر ردودًا أولًا
talk-thread = نقاش واحد
talk-back = العودة إلى الموضوع
talk-write-label = كلماتك
refusal-talk-order-unknown = تُرتَّب التعليقات حسب oldest أو newest أو answered.
refusal-comment-reply-gone = التعليق الذي تردّ عليه لم يعد موجودًا أو أُخفيت كلماته. لا يزال بإمكانك إضافة تعليق خاص بك.
refusal-document-empty = الملف فارغ. اختر غيره.
refusal-document-large = يمكن أن يبلغ الملف { $most } ميغابايت على الأكثر. أرسل ملفًا أصغر.
refusal-document-kind = نقبل PDF والنصوص ومستندات LibreOffice أو Microsoft Office بلا وحدات ماكرو. هذا الملف ليس منها، مهما كان اسمه.
talk-side = تعليقك (اختياري)
talk-side-none = بلا موقف
talk-side-for = مؤيد
talk-side-against = معارض
talk-side-neutral = محايد
talk-sides-all = كل التعليقات
refusal-comment-side = التعليق مؤيد أو معارض أو محايد، أو بلا موقف.
refusal-comment-no-sides = لا مواقف للتعليقات هنا.

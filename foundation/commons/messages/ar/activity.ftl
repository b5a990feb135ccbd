activity-comment = علّقتَ
following-title = ما أتابعه بالبريد
following-lead = تصل أخبار هذه الأمور إلى عنوان حسابك. ويمكنك إيقافها أيضًا بالرابط الذي في كل رسالة.
following-none = لا تتابع شيئًا بالبريد
following-none-text = في صفحة كل أمر يمكنك طلب أخباره.
following-unconfirmed = لم يؤكَّد بعد: انظر في بريدك.
following-leave = أوقف المتابعة

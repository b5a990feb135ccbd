frame-skip = انتقل إلى المحتوى الرئيسي
frame-nav = التنقل الرئيسي
frame-menu = القائمة
frame-sign-in = تسجيل الدخول
frame-sign-out = تسجيل الخروج
frame-languages = اللغات
frame-demo = هذه مدينة تجريبية، واليوم فيها { $date }. من تريد أن تكون؟
frame-demo-label = عرض تجريبي
frame-open-heading = { $town } تُدار أمام الجميع
frame-open-text = لكل قرار وكل بلاغ هنا صفحة وموجز أخبار وقيد في السجل العام. البرنامج حر وشيفرته منشورة.
frame-help = المساعدة
frame-help-contact = الاتصال والمساعدة
frame-help-accessibility = بيان إمكانية الوصول
frame-help-privacy = بياناتك وخصوصيتك
frame-help-retention = ما لا يُحفظ إلى الأبد
frame-openness = الانفتاح
frame-openness-record = السجل العام
frame-openness-developers = واجهة البرمجة والتنزيلات
frame-openness-source = الشيفرة المصدرية
frame-twins = هذه الصفحة كبيانات:
form-problems = { $count ->
    [zero] لا توجد مشكلات
    [one] توجد مشكلة واحدة
    [two] توجد مشكلتان
    [few] توجد { $count } مشكلات
    [many] توجد { $count } مشكلة
   *[other] توجد { $count } مشكلة
}
form-error = خطأ:
parts-home = الصفحة الرئيسية
parts-crumbs = أين أنت
parts-pages = صفحات هذه القائمة
parts-first = العودة إلى الصفحة الأولى
parts-next = الصفحة التالية
parts-none = بلا إجابة
parts-change = تغيير
parts-internal = داخلي: لا يراه إلا الموظفون
parts-official = رد المدينة
frame-door-report = أبلغ
frame-door-part = شارك
frame-door-apply = قدّم طلبًا
frame-door-explore = استكشف
frame-door-desk = للموظفين
frame-not-understood = يطلب هذا العنوان ما لا تعرفه هذه الصفحة، فلم يُستبعد شيء بسببه: { $names }.

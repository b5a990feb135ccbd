developers-webhooks = إشعارات البرامج (Webhooks)
developers-webhooks-text = بدل أن يسأل البرنامج مرة بعد مرة يمكن إبلاغه. يضيفه مدير في ‎/admin/webhooks‎ ويحصل على سرّ يظهر مرة واحدة. يُرسل كل قيد يتلقّاه من السجلّ بطريقة POST بصيغة JSON موقَّعًا وفق Standard Webhooks، فتتحقّق منه المكتبات الجاهزة.
developers-webhooks-order = يتلقّى البرنامج رسائله بترتيب السجلّ، واحدة بعد أخرى، وكل واحدة مرة على الأقل؛ يعدّها data.position ويبقى webhook-id نفسه عند إعادة الإرسال. أجب بحالة من 200 إلى 299 خلال عشر ثوانٍ. وما دمت متوقفًا أو مشغولًا (بلا جواب، 5xx، 408، 425، 429) ينتظر كل شيء، ويُعاد بعد 5 ثوانٍ ثم بعد فترات تطول حتى ساعة؛ وبعد ثلاثة أيام، أو بعد 410، يتوقّف حتى يتابعه مدير. والرسالة التي ترفضها ثماني مرات بحالة 4xx أخرى تُتجاوز.
developers-webhooks-check = ما يُرسل هو القيد العلني: لا أسماء ولا كلمات للسكان. اطلب الباقي من العنوان url فيه، واطلب من receipt_url البرهان على أنه في السجلّ.

# التشغيل
door-operations = الإدارة
admin-doors = الإدارة
operations-title = حال النظام
operations-well = كل شيء على ما يرام.
operations-concerns = { $count ->
    [one] أمر واحد يحتاج إليك
    [two] أمران يحتاجان إليك
    [few] { $count } أمور تحتاج إليك
   *[other] { $count } أمرًا يحتاج إليك
}
operations-concern-record-waits = قيود تنتظر مكانها في السجلّ: لا يُوقَّع شيء الآن. انظر سجلّ أحداث البرنامج.
operations-concern-follower-behind = شيء يتابع السجلّ متأخر كثيرًا: البحث أو الأعداد أو الأخبار تصل متأخرة.
operations-concern-disk-low = بقي أقل من 1 GiB على القرص.
operations-concern-backup-old = لم تُنسخ البيانات في اليومين الأخيرين. اجعل polity backup يعمل بمؤقّت.
operations-concern-jobs-dead = عمل تُرك بعد محاولات كثيرة.
operations-concern-jobs-late = عمل ينتظر أكثر من عشر دقائق.
operations-concern-mails-fail = لم يمكن إرسال بعض الرسائل.
operations-concern-mails-stay = لم يُحدَّد خادم بريد، فتبقى الرسائل هنا. حدّد mail.smtp_url.
operations-concern-webhooks-fail = برنامج يُبلَّغ بخطاف ويب لا يأخذ شيئًا.
operations-machine = الجهاز
operations-version = البرنامج
operations-since = يعمل منذ { $when }
operations-database = قاعدة البيانات
operations-log = اليومية { $size }
operations-answered = أجابت خلال { $ms } ms
operations-memory = ذاكرة البرنامج
operations-disk = القرص
operations-disk-free = { $free } متاحة من { $total }
operations-backup = آخر نسخة
operations-backup-elsewhere = تُنسخ PostgreSQL بأدواتها، وهي لا تُرى من هنا.
operations-backup-never = لم تُصنع نسخة بأمر polity backup.
operations-record = السجلّ
operations-entries = القيود الموقّعة
operations-signed = آخر توقيع { $when }
operations-pending = قيود تنتظر مكانها
operations-pending-for = أقدمها منذ { $seconds } ثانية
operations-followers = من يتابع السجلّ
operations-follower = المتابع
operations-behind = قيود متأخرة
operations-jobs = العمل في الخلفية
operations-jobs-none = لا شيء ينتظر.
operations-kind = النوع
operations-waiting = بالانتظار
operations-retried = فشل ويُعاد
operations-dead = تُرك
operations-late = أقدمها ينتظر (ثانية)
operations-mails = البريد
operations-mail-leaves = كيف يخرج
operations-mail-smtp = عبر خادم البريد
operations-mail-outbox = لا يخرج، لأن خادم البريد غير محدَّد
operations-mail-day = أُرسل خلال 24 ساعة
operations-mail-last = آخرها { $when }
operations-mail-troubles = رسائل فشلت
operations-mail-to = إلى
operations-mail-next = المحاولة التالية
operations-test = أرسل لي رسالة تجريبية
operations-test-stays = لا خادم بريد مضبوط، فكُتبت الرسالة التجريبية لكنها لا تخرج. اضبط mail.smtp_url.
operations-test-sent = الرسالة التجريبية في طريقها. يظهر أدناه هل خرجت.
operations-test-subject = تجربة بريد { $town }
operations-test-body =
    هذه تجربة من { $town }. وصلت، إذًا يخرج البريد من البلدة.

    حال النظام: { $link }
operations-own = آخر الرسائل إليك
operations-own-left = خرجت { $when }
operations-own-waits = تنتظر
operations-webhooks = { $active ->
    [one] برنامج واحد يُبلَّغ
    [two] برنامجان يُبلَّغان
    [few] { $active } برامج تُبلَّغ
   *[other] { $active } برنامجًا يُبلَّغ
}، { $waiting ->
    [one] ورسالة واحدة تنتظر
    [two] ورسالتان تنتظران
    [few] و{ $waiting } رسائل تنتظر
   *[other] و{ $waiting } رسالة تنتظر
}.
operations-own-stays = تبقى هنا
operations-mail-day-kept = وُضع جانبًا خلال 24 ساعة
operations-webhooks-bad = الفاشلة: { $failing }. المتوقفة: { $stopped }.
operations-slow = ما كان بطيئًا
operations-slow-text = أجوبة من 250 ms وأعمال من 5 ثوانٍ، منذ بدء البرنامج.
operations-slow-none = لا شيء.
operations-slow-what = ماذا
operations-slow-times = مرات
operations-slow-worst = أطولها
operations-slow-last = آخرها
refusal-operations-test-person = ليس للبرنامج صندوق بريد. ادخل كشخص لترسل تجربة.

# مدة الحفظ
retention-title = ما لا يُحفظ إلى الأبد
retention-lead = تنسى البلدة ما لم تعد تحتاج إليه، من نفسها، مرة كل يوم. هنا ما هو، وبعد كم.
retention-rules = القواعد
retention-what = ماذا، ومن متى يُحسب
retention-after = بعد
retention-happens = ماذا يحدث
retention-may = ما للبلدة أن تحدّده
retention-days = { $count ->
    [one] يوم واحد
    [two] يومين
    [few] { $count } أيام
   *[other] { $count } يومًا
}
retention-erased = يُمحى.
retention-anonymised = يُزال ما يدل على شخص ويبقى الباقي.
retention-limits = من { $least } إلى { $most } يومًا.
retention-fixed = دائمًا هكذا.
retention-rest = كل ما عدا ذلك يبقى حتى تمحوه بنفسك، والسجل العام يبقى دائمًا. وقد يبقى ما مُحي في نسخ من قاعدة البيانات حتى التخلص منها.
retention-runs = ما انتهى أخيرًا
retention-runs-none = لم يكن شيء قديمًا كفاية بعد.
retention-run = { $when }: { $count ->
    [one] انتهى شيء واحد
    [two] انتهى شيئان
    [few] انتهت { $count } أشياء
   *[other] انتهى { $count } شيئًا
}
retention-set-title = تحديد مدد الحفظ
retention-set-lead = بالأيام. كل تغيير يُكتب في السجل العام.
retention-save = حفظ
retention-saved = حُفظ، ويسري من المرة القادمة.
saying-retention-ran = انتهى ما كان قديمًا: { $count } أشياء
saying-retention-set = يُحفظ { $rule } مدة { $days } يومًا
subject-retention = مدة الحفظ
refusal-retention-days = اكتب عددًا صحيحًا من الأيام من { $least } إلى { $most }.

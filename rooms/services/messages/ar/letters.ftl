sv-letters-pick = اختيار
sv-letters-pick-all = اختيار كل ما في هذه الصفحة
sv-letters-pick-one = اختيار { $code }
sv-letters-with = إلى المختارة:
sv-letters-write = كتابة رسالة واحدة
sv-letters-heading = { $count ->
    [one] رسالة إلى مقدّم طلب واحد
    [two] رسالة إلى مقدّمَي طلبين
    [few] رسالة إلى { $count } مقدّمي طلبات
   *[other] رسالة إلى { $count } مقدّم طلب
}
sv-letters-which = إلى من
sv-letters-hint = يتلقاها كل واحد رسالةً خاصة به بالبريد الإلكتروني وعلى صفحته. تُملأ الأسماء بين الأقواس لكل واحد: السيد/ة {"{"}full_name{"}"}، طلبك {"{"}reference{"}"} …
sv-letters-fields = ما يمكن ملؤه
sv-letters-why-hint = تُظهر الرسائل ما أُجيب به، لذلك يقرأ كل مقدّم طلب أنك فتحت طلبه وسبب ذلك.
sv-letters-read = قراءة الرسائل قبل إرسالها
sv-letters-read-lead = يمكن إرسال { $good } من { $all }. لم يُرسل شيء بعد.
sv-letters-send-this = إرسال هذه الرسالة
sv-letters-send = { $count ->
    [one] إرسال رسالة واحدة
    [two] إرسال رسالتين
    [few] إرسال { $count } رسائل
   *[other] إرسال { $count } رسالة
}
sv-letters-change = تغيير النص
sv-letters-back = العودة إلى الطلبات
sv-letters-partly = أُرسل: { $done }. لم يُرسل: { $left }، للأسباب أدناه. ما كتبته ما زال هنا.
sv-flash-letters-none = اختر طلبات أولًا: علّم مربعاتها.
sv-flash-letters-sent = أُرسلت كل الرسائل.
refusal-letters-none = اختر طلبًا واحدًا على الأقل.
refusal-letters-many = اختر { $most } طلب على الأكثر في المرة الواحدة.
refusal-letters-not-yours = ليس على مكتبك.
refusal-letters-batch = سمِّ الدفعة بما لا يزيد على { $most } حرف: بالاسم نفسه لا يتلقى أحد الرسالة مرتين.
refusal-letter-closed = انتهى هذا الطلب، ولا أحد ينتظر رسالة بشأنه.
refusal-letter-field-unknown = ليس في هذا الطلب سؤال باسم { $name }.
refusal-letter-field-empty = لم يُجب عن { $name } في هذا الطلب، وستبقى في الرسالة فجوة.
refusal-letters-stage = اذكر read أو send مرحلةً؛ وما عداهما لا يُرسل شيئًا.

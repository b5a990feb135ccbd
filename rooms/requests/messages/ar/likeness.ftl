request-state-duplicate = يُتابَع مع بلاغ أسبق
saying-request-merged = { $subject } هو المسألة نفسها في { $into } الذي يُتابَع ({ $category }).
saying-request-separated = تبيّن أن { $subject } ليس المسألة نفسها في { $out_of }، وهو مفتوح من جديد ({ $category }).
step-merged = ضُم إلى بلاغ أسبق
step-separated = فُصل من جديد
alike-title = هل هو أحد هذه البلاغات؟
alike-lead = لعل أحداً أبلغ عن الأمر نفسه. إن كان كذلك فقل «وأنا أيضاً»: يُحتسب قولك وترى ما يؤول إليه الأمر.
alike-legend = بلاغات قريبة تشبه بلاغك
alike-yes = نعم، هذا هو:
alike-no = لا، بلاغي عن أمر آخر
alike-no-text = تتابع بلاغك.
alike-email = البريد الإلكتروني لتلقي الأخبار (اختياري)
alike-email-hint = لا يُنشر أبداً. نطلب منك تأكيده أولاً.
alike-reported = أُبلغ عنه في { $date }.
alike-look = انظر { $code }
alike-photo-of = صورة { $code }
alike-ended = انتهت مؤخراً
alike-ended-text = إن عادت المشكلة فتابع بلاغك.
alike-very-likely = الأرجح جداً أنه نفسه
alike-likely = الأرجح أنه نفسه
alike-possible = قد يكون نفسه
alike-here = في الموضع نفسه
alike-distance = { $metres ->
    [one] على بُعد متر واحد
    [two] على بُعد مترين
    [few] على بُعد { $metres } أمتار
    [many] على بُعد { $metres } متراً
   *[other] على بُعد { $metres } متر
}
alike-address = العنوان نفسه
alike-category = الفئة نفسها
alike-category-other = فئة أخرى
alike-days = { $count ->
    [0] بينهما أقل من يوم
    [one] بينهما يوم واحد
    [two] بينهما يومان
    [few] بينهما { $count } أيام
    [many] بينهما { $count } يوماً
   *[other] بينهما { $count } يوم
}
alike-words = في كليهما: { $words }
alike-comma = {"، "}
alike-photo = الصورتان متشابهتان
me-too-title = هل يمسّك هذا أيضاً؟
me-too-heading = متأثرون أيضاً
me-too-say = يمسّني أنا أيضاً
me-too-text = قل ذلك لترى الجهة أن الأمر يهم أناساً أكثر. تُحسب مرة واحدة ولا يرى أحد من أنت.
me-too-button = وأنا أيضاً
me-too-counted = أنت محسوب.
me-too-leave = تراجع عن ذلك
me-too-count = { $count ->
    [0] لم يقل ذلك أحد غيره بعد.
    [one] يمسّ شخصاً آخر.
    [two] يمسّ شخصين آخرين.
    [few] يمسّ { $count } أشخاص آخرين.
    [many] يمسّ { $count } شخصاً آخر.
   *[other] يمسّ { $count } شخص آخر.
}
show-same-as = هذه هي المسألة نفسها في
show-same-as-text = تُتابَع هناك، ومن يتابع هذا البلاغ تصله أخبار ذاك.
show-merged = بلاغات ضُمت إلى هذا البلاغ
desk-alike = المسألة نفسها؟
desk-alike-root = تُتابَع باسم
desk-alike-suggestions = اقتراحات
desk-alike-text = يقترحها البرنامج والقرار لك. البلاغ الأسبق هو الذي يُتابَع دائماً كي لا يُخفى أي انتظار.
desk-alike-none = لا شيء قريب يشبهه.
desk-alike-merge = المسألة نفسها: ضم { $later } إلى { $earlier }
desk-alike-not = ليست نفسها
desk-alike-not-label = ليست نفسها: لا تقترح { $code } مرة أخرى
desk-alike-denied = قال صاحب البلاغ إنها مسألة أخرى.
desk-alike-elsewhere = تجيب عنه { $organisation }. أحل هذا البلاغ إليها أولاً فيمكن ضمه هناك.
desk-alike-into = ضم إلى
desk-alike-into-hint = رقم بلاغ أسبق مفتوح، مثل R-7K2M.
desk-alike-into-button = المسألة نفسها: ضم
desk-alike-set-aside = قيل إنها ليست نفسها
desk-alike-again = اقترح مرة أخرى
desk-alike-again-label = اقترح { $code } مرة أخرى
desk-separate-heading = ليست المسألة نفسها؟
desk-separate-label = السبب
desk-separate-hint = علني. يُفتح من جديد بالوعد الذي كان له.
desk-separate-button = افصله
flash-me-too = شكراً لك. أنت محسوب.
flash-me-too-left = لم تعد محسوباً.
flash-merged = ضُم: متابعوه وكل من يمسّهم ينتقلون معه.
flash-separated = فُصل، وهو مفتوح من جديد.
flash-set-aside = لن يُقترح مرة أخرى.
flash-suggested-again = قد يُقترح مرة أخرى.
open311-duplicate = المسألة نفسها في { $code } الذي يُتابَع: { $url }
refusal-alike-choose = اختر البلاغ الذي هو بلاغك أيضاً، أو قل إن بلاغك عن أمر آخر.
refusal-me-too-ended = انتهت هذه المسألة. إن عادت المشكلة فأبلغ عنها من جديد من فضلك.
refusal-me-too-own = هذا بلاغك، فأنت محسوب أصلاً.
refusal-me-too-nobody = متصفحك لا يحفظ ملفات تعريف الارتباط فقد نحسبك مرتين. اترك بريداً إلكترونياً أو سجّل الدخول.
refusal-merge-unknown = لا يوجد بلاغ بهذا الرقم. يكون مثل R-7K2M.
refusal-merge-itself = لا يمكن ضم { $code } إلى نفسه.
refusal-merge-already = ضُم من قبل إلى { $code }.
refusal-merge-ended = انتهى { $code }. افتحه من جديد أولاً، أو أجب عن هذا وحده.
refusal-merge-later = أُبلغ عن { $code } لاحقاً، والأسبق هو الذي يُتابَع: ضُم { $code } إلى هذا.
refusal-merge-not-yours = تجيب { $organisation } عن { $code }. أحل إليها هذا البلاغ أولاً فيمكنها ضمه.
refusal-not-merged = ليس مضموماً إلى بلاغ آخر.
refusal-reopen-merged = يُتابَع مع بلاغ أسبق. افصلهما أولاً.
refusal-withdraw-others = { $count ->
    [one] يمسّ شخصاً آخر، فتبقى المسألة مفتوحة. إن انتهت عندك فقل ذلك للجهة في تعليق.
    [two] يمسّ شخصين آخرين، فتبقى المسألة مفتوحة. إن انتهت عندك فقل ذلك للجهة في تعليق.
    [few] يمسّ { $count } أشخاص آخرين، فتبقى المسألة مفتوحة. إن انتهت عندك فقل ذلك للجهة في تعليق.
    [many] يمسّ { $count } شخصاً آخر، فتبقى المسألة مفتوحة. إن انتهت عندك فقل ذلك للجهة في تعليق.
   *[other] يمسّ { $count } شخص آخر، فتبقى المسألة مفتوحة. إن انتهت عندك فقل ذلك للجهة في تعليق.
}

budget-title = من موّل ماذا
budget-summary = { $selected } من { $all } من المشاريع، { $spent } من { $budget }، عدد المصوّتين { $voters }
budget-full = مؤيدون دفعوا السعر كاملًا
budget-rest = مؤيدون أعطوا كل ما بقي لديهم
budget-beside = من خارج حصص المصوّتين
budget-paid = { $cost } · { $full } كاملًا، { $rest } كل ما لديهم
map-title = خريطة الآراء: { $people } من الناس{ $groups ->
    [0] ، دون تقسيم
   *[other] ، عدد المجموعات { $groups }
}
map-group = المجموعة { $group }
map-heading = المجموعة { $group }: عدد الناس { $people }
map-agrees = موافقة:
map-disagrees = معارضة:
map-near = من تتشابه إجاباتهم يقفون متقاربين.
map-axes = أفقيًا: { $across }٪ من كل الفروق؛ عموديًا: { $up }٪. البذرة { $seed }.
map-dots = كل نقطة تمثل { $people } من الناس.
map-most-agree = الأغلبية توافق
map-most-disagree = الأغلبية تعارض
warning-too-few-people = لا توجد مجموعات واضحة: عدد الناس على الخريطة { $people }، وهم أقل أو أشد تشابهًا من أن يُقسموا.
warning-not-separated = لا توجد مجموعات واضحة: أصوات لا علاقة بينها تنقسم بالقدر نفسه.
warning-gradual = الآراء متدرجة وليست معسكرات: سحابة واحدة بالاتساع نفسه تنقسم بالقدر نفسه. يقف كثيرون قرب الخط بين المجموعات.
warning-not-stable = لا توجد مجموعات واضحة: نصف الناس يعطي مجموعات أخرى.
warning-number-unsure = عدد المجموعات غير مؤكد.
warning-group-not-stable = المجموعة { $group } غير ثابتة: نصف الناس لا يعيدها إلا جزئيًا.
warning-separation-not-measured = لم يُقس هل توجد مجموعات أصلًا.
warning-stability-not-measured = لم يُقس هل المجموعات مستقرة.
warning-axes-not-exact = اتجاهان من الرأي متساويان تقريبًا في الأهمية، فقد تدور الصورة.
ranked-elected = فاز: { $names }
ranked-first = الأول: { $names }
ranked-nobody = لا أحد
ranked-round = الجولة { $round }
ranked-points = { $total } من النقاط
ranked-votes = { $total } من الأصوات
ranked-approvals = { $total } من الموافقات
ranked-grades = كم منحوا كل تقدير، الأفضل أولًا؛ الخط هو المنتصف.
ranked-pairs = كم يضعون الصف فوق العمود؛ بالأزرق حيث هم الأكثر.

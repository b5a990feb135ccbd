sv-joint-title = التقدّم معًا
sv-joint-lead = { $least ->
    [0] { $most ->
        [one] يمكن أن يتقدّم معك شخص واحد.
        [two] يمكن أن يتقدّم معك شخصان على الأكثر.
       *[other] يمكن أن يتقدّم معك { $most } أشخاص على الأكثر.
    }
   *[other] { $most ->
        [one] يتقدّم معك شخص واحد.
       *[other] يتقدّم معك { $least } على الأقل و{ $most } على الأكثر.
    }
} على كل واحد أن يقول ذلك بنفسه قبل المنح. ويقرؤون كل الإجابات ويصلهم القرار.
sv-joint-name = الاسم
sv-joint-email = البريد الإلكتروني
sv-joint-email-hint = يصل إليه رابط خاص به. إن تُرك فارغًا يؤكّد في الشباك.
sv-joint-add = إضافة هذا الشخص
sv-joint-drop = إزالة
sv-joint-asked = لم يؤكّد بعد
sv-joint-confirmed = يتقدّم أيضًا
sv-joint-declined = لا يتقدّم
sv-joint-counter = يؤكّد في الشباك
sv-joint-by-counter = أُكّد في الشباك ودوّنه { $by }
sv-joint-ask = ذُكرتَ بأنك تتقدّم أيضًا. اقرأ الإجابات أدناه ثم قل هل هذا صحيح.
sv-joint-ask-again = قلتَ إنك لا تتقدّم. إن لم يكن ذلك صحيحًا فقل هنا، وعندها يمكنك قراءة الطلب كله.
sv-joint-ask-over = صدر القرار فيه أو سُحب، ولم يبقَ ما يُقال.
sv-joint-answers = ما أُجيب به
sv-joint-yes = نعم، أتقدّم أيضًا
sv-joint-no = لا، لا أتقدّم
sv-joint-here = حاضر هنا ويؤكّد
sv-joint-most = كم شخصًا آخر يمكن أن يتقدّم معًا
sv-joint-most-hint = 0: يتقدّم كل واحد وحده. 10 على الأكثر.
sv-joint-least = كم شخصًا آخر يجب أن يتقدّم
sv-step-joint-confirmed = يتقدّم أيضًا
sv-step-joint-declined = لا يتقدّم
sv-step-joint-answered = تغيّر ما أجاب به مشارك في الطلب
sv-flash-joint-confirmed = دُوّن: يتقدّم أيضًا.
sv-flash-joint-declined = دُوّن: لا يتقدّم.
sv-letter-joint-subject = { $service }: هل تتقدّم أيضًا؟ ({ $code })
sv-letter-joint-body =
    { $name }،

    يذكرك طلب «{ $service }» المقدّم إلى { $town } بأنك تتقدّم أيضًا. المرجع: { $code }

    اقرأه وقل حتى { $until } هل هذا صحيح عبر هذا الرابط الخاص. لا تشاركه مع أحد. وبعد أن تقول نعم ستصلك الرسائل والقرار أيضًا:
    { $link }
refusal-joint-numbers = اكتب كم شخصًا آخر يمكن أن يتقدّم معًا: من 0 إلى { $most }، ولا أقل ممن يجب.
refusal-joint-many = يمكن أن يتقدّم معك { $most } أشخاص على الأكثر.
refusal-joint-name = اكتب اسمًا لا يزيد على { $most } حرف.
refusal-joint-email = اكتب عنوان بريد مثل name@example.org أو اتركه فارغًا.
refusal-joint-few = يجب أن يتقدّم معك { $least } على الأقل: أضفهم.
refusal-joint-over = بُتّ فيه أو سُحب؛ ولا يمكن تغيير ذلك.
refusal-joint-open = لا يمكن المنح بعد: يجب أن يقول هؤلاء أولًا إنهم يتقدّمون أيضًا: { $names }.
refusal-joint-declined = لا يمكن المنح: قال هؤلاء إنهم لا يتقدّمون: { $names }.
sv-joint-each = ما يُسأل عنه كل واحد منهم أيضًا
sv-joint-each-hint = صفحة واحدة من النموذج يجيب عنها كل مشارك في الطلب عن نفسه قبل أن يؤكد. لا صفحة فيها صور أو مجاميع أو عدة إدخالات أو شرط.
sv-joint-each-none = لا شيء
sv-joint-each-lead = يُسأل عن هذا كل من يقدّم الطلب: أجب عن نفسك. يقرؤه من يقدّمونه معك والمكتب.
sv-joint-each-clerk = أنت تكتب عن الشخص الذي أمامك. لقد أثبت هويته وقرأ الإجابات.
sv-joint-each-answers = ما أجاب به
refusal-joint-page = يُسأل كل مشارك صفحة موجودة من النموذج، بلا صور ولا مجاميع ولا عدة إدخالات ولا شرط. اختر غيرها، أو لا شيء، بين نصوص الخدمة.
sv-joint-expired = انتهت صلاحية الدعوة
sv-joint-until = الدعوة سارية حتى { $date }
sv-joint-again = إرسال رابط جديد
sv-flash-joint-again = رابط جديد في الطريق. الرابط السابق لم يعد يفتح شيئًا.
refusal-joint-expired = انتهت صلاحية هذه الدعوة. اطلب ممن ذكرك أن يرسلها من جديد من صفحة الطلب، أو أكّد عند الشباك.
refusal-joint-again = لا يمكن إرسال رابط جديد إلى هذا الشخص: قال إنه لا يتقدّم، أو ليس له عنوان هنا، أو بُتّ في الطلب أو سُحب. يمكنه أن يقول عند الشباك ما هو صحيح.
refusal-joint-soon = أُرسل رابط إلى هذا الشخص خلال الساعة الأخيرة. انتظر قليلًا قبل أن ترسل آخر.
sv-letter-joint-link-subject = { $service }: رابطك إلى { $code }
sv-letter-joint-link-body =
    { $name }،

    طلب من يتقدّم معك في «{ $service }» ({ $code }) أن نرسل إليك رابطًا خاصًا جديدًا. الرابط السابق لم يعد يفتح شيئًا. لا تشاركه مع أحد:
    { $link }

sv-grant = المبلغ الممنوح
sv-grant-proposed = تقول القواعد { $amount }.
sv-grant-why = سبب منح مبلغ آخر
sv-grant-why-hint = فقط حيث يختلف عما تقوله القواعد. يقرؤه مقدّم الطلب.
sv-granted-amount = مُنح: { $amount }.
sv-granted-why = سبب اختلاف المبلغ عما تقوله القواعد: { $why }
sv-against-label = { $finding }. أقرر خلاف ذلك، وأسبابي تبيّن لماذا.
sv-entitled-law = وفق: { $law }
sv-letter-finding = ما تقوله القواعد عن إجاباتك: { $finding }
sv-letter-law = القانون: { $law }
sv-letter-again = إن لم يعد لديك رابطك الخاص، فاطلب إرسال رابط جديد إلى هذا العنوان: { $link }
sv-letter-appealed-subject = { $service }: وصل تظلّمك في { $code }
sv-letter-appealed-body =
    وصل إلى { $town } تظلّمك في { $code } («{ $service }»). ينظر فيه من لم يقرر من قبل، ويجيب حتى { $due }.

    ما كتبته:

    { $text }
sv-letter-link-subject = { $service }: رابط خاص جديد إلى { $code }
sv-letter-link-body =
    طُلب رابط خاص جديد إلى طلبك { $code } («{ $service }»). به ترى أين وصل، وتجيب، وتتظلّم. لا تشاركه مع أحد:
    { $link }

    رابط إيصالك ما زال صالحًا. إن لم تطلب هذا فليس عليك فعل شيء: لم يصل إلا إليك.
sv-link-title = رابط خاص جديد
sv-link-lead = اكتب مرجع طلبك. يذهب رابط جديد إلى عنوان البريد الإلكتروني المسجّل معه، ولا يذهب إلى غيره.
sv-link-code-hint = مثل A-7K2M4P؛ تجده في إيصالك وفي كل رسالة.
sv-link-send = إرسال رابط جديد
sv-link-sent = إن كان هناك طلب بهذا المرجع وعنوان بريد إلكتروني، فرابط جديد في الطريق إلى ذلك العنوان.
sv-link-else = لم يصل شيء؟ يُرسل رابط واحد في الساعة. ومن لم يعط عنوانًا يأتي إلى الشباك بورقة تثبت هويته.
sv-link-lost = فقدت رابطي
refusal-outcome-none = اختر هل يُمنح أم يُرفض.
refusal-against-finding = قواعد هذه النسخة تقول خلاف ذلك. اقرأ مرة أخرى ما تقوله، وضع علامة أدناه على أنك تقرر خلافه.
refusal-grant-none = قل كم يُمنح: القواعد لا تذكر مبلغًا هنا.
refusal-grant-amount = اكتب مبلغًا، مثل 250 أو 250.50.
refusal-grant-why = تقول القواعد مبلغًا آخر. قل لماذا، بما لا يقل عن { $least } حرفًا.
refusal-link-code = اكتب مرجع طلبك.
sv-proof-file = الإثبات في ملف
sv-proof-file-text = احتفظ به: يثبت ما تقرر وعلى أي إجابات، حتى من دون البلدية. تتحقق منه بالأمر polity verify --receipt.

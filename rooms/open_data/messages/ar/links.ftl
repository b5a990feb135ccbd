data-links = الروابط
data-links-failing = { $count ->
    [one] رابط واحد لا يستجيب:
    [two] رابطان لا يستجيبان:
    [few] { $count } روابط لا تستجيب:
   *[other] { $count } رابطًا لا يستجيب:
}
data-links-since = { $what }، منذ { $date }: { $why }
data-links-desk = { $count ->
    [one] رابط واحد لا يستجيب منذ { $date }
    [two] رابطان لا يستجيبان، أولهما منذ { $date }
    [few] { $count } روابط لا تستجيب، أولها منذ { $date }
   *[other] { $count } رابطًا لا يستجيب، أولها منذ { $date }
}
data-links-asked = { $count ->
    [one] رابط واحد يُفحص مرة كل يوم؛ آخر مرة في { $date }.
    [two] رابطان يُفحص كل منهما مرة كل يوم؛ آخر مرة في { $date }.
    [few] { $count } روابط يُفحص كل منها مرة كل يوم؛ آخر مرة في { $date }.
   *[other] { $count } رابطًا يُفحص كل منها مرة كل يوم؛ آخر مرة في { $date }.
}
data-links-not-yet = لم تُفحص روابطها بعد؛ يُفحص كل رابط مرة كل يوم.
data-links-none = لا تذكر عناوين مواقع أخرى.
data-links-check = فحص الروابط الآن
data-link-page = صفحتها
data-link-licence = رخصتها
data-link-contact = لمن يُوجَّه السؤال
data-link-file = ملف
data-link-status = الجواب هو HTTP { $status }
data-link-private = خادمه ليس في الشبكة العامة
data-link-unknown = خادمه غير معروف
data-link-redirected = يُحيل مرة بعد مرة
data-link-slow = الجواب يستغرق وقتًا طويلًا
data-link-address = ليس عنوانًا يمكن فحصه
data-link-broken = لا يوجد اتصال سليم
quality-links-advice = صحّحوا الروابط التي لا تستجيب أو أزيلوها.
flash-dataset-links = يجري فحص الروابط. افتحوا هذه الصفحة ثانية بعد دقيقة.
data-links-mail-subject = { $count ->
    [one] رابط في بياناتكم لا يستجيب
    [two] رابطان في بياناتكم لا يستجيبان
    [few] { $count } روابط في بياناتكم لا تستجيب
   *[other] { $count } رابطًا في بياناتكم لا يستجيب
}
data-links-mail-body = { $count ->
    [one] هذا العنوان لا يستجيب منذ ثلاثة أيام. صحّحوه أو أزيلوه:
    [two] هذان العنوانان لا يستجيبان منذ ثلاثة أيام. صحّحوهما أو أزيلوهما:
   *[other] هذه العناوين، وعددها { $count }، لا تستجيب منذ ثلاثة أيام. صحّحوها أو أزيلوها:
}
data-links-mail-line = { $title }
    { $url }
    لا يستجيب منذ { $date }
    { $link }
data-links-mail-more = { $count ->
    [one] وواحد آخر، في مكتب عملكم.
    [two] واثنان آخران، في مكتب عملكم.
   *[other] و{ $count } غيرها، في مكتب عملكم.
}

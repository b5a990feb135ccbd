own-districts-title = أحياء المدينة
own-districts-notes = الأحياء السارية، صف لكل حي: الرمز والاسم والمساحة ونقطة داخله، لتُجمع مع رموز الأحياء في الجداول الأخرى. وحدودها في /districts.geojson. تُعاد كل يوم.
own-districts-district = رمز الحي
own-districts-name = اسمه
own-districts-area = مساحته بالكيلومتر المربع
own-districts-lat = درجات الشمال لنقطة داخله
own-districts-long = درجات الشرق لنقطة داخله

activity-data-request = طلبتَ بيانات
activity-data-issue = بلّغتَ عن خطأ في البيانات
activity-data-reuse = عرضتَ ما صنعتَه من البيانات
activity-data-support = أنت تدعم طلب بيانات

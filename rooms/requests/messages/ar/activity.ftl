activity-report = بلّغتَ عن
activity-me-too = انضممتَ إلى بلاغ
activity-not-fixed = قلتَ إن المشكلة لم تُحلّ

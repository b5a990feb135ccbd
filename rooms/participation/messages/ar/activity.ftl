activity-proposal = اقترحتَ
activity-support = أنت تدعم مقترحًا
activity-argument = قدّمتَ حجّة
activity-amendment = اقترحتَ صياغة أخرى

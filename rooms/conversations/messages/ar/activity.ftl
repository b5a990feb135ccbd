activity-statement = كتبتَ عبارة

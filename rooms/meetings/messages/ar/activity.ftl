activity-registration = سجّلتَ لحضور اجتماع
